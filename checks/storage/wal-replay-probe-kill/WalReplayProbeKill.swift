import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let walReplayProbeKill = Check(
        "wal-replay-probe-kill",
        severity: .error,
        summary: "A probe kills the receiver while it replays its WAL",
        why: """
            After a restart a receiver reads its WAL, which takes minutes, and says 503 on \
            /-/ready until it is done. A liveness or startup probe that asks /-/ready ends it \
            before, and the next start begins from the first segment again.
            """,
        fix: """
            Let livenessProbe ask /-/healthy, which answers 200 from the start, and leave /-/ready \
            to readinessProbe. A startupProbe on /-/ready needs room for the longest replay: \
            periodSeconds times failureThreshold of half an hour.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .optional(.objects(.events)), .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/5569",
            "https://github.com/prometheus-operator/prometheus-operator/issues/3391",
            "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
        ],
        examples: walReplayProbeKillExamples
    ) { receivers, logged, events, view in
        receivers.filter { $0.flags.mode.stores }.compactMap { group in
            let running = logged?.of(group.reference)
            let probe = ImpatientProbe(group)
            return running.flatMap { killed($0, probe, events ?? [], view) }
                ?? probe.flatMap { planned($0, group, view) }
        }
    }
}

/// A receiver that was ended while it replayed.
private struct Kill {
    let pod: Pod
    let log: ContainerLog
    /// The kubelet's own words; events are kept for an hour only.
    let event: ObservedEvent?

    init?(_ run: ReceiverRun, _ events: [KubernetesObject]) {
        guard let end = run.status?.termination, end.reason != "OOMKilled",
            [137, 143].contains(end.exitCode), let log = run.endedLog, log.endsInReplay
        else { return nil }
        pod = run.pod
        self.log = log
        event = events.events(about: run.pod.object).last { event in
            event.reason == "Killing"
                && ["liveness probe", "startup probe"].contains(where: event.message.contains)
        }
    }
}

private func killed(
    _ running: RunningGroup, _ probe: ImpatientProbe?, _ events: [KubernetesObject],
    _ view: ClusterView
) -> Finding? {
    let group = running.group
    let kills = running.runs.filter { !$0.pod.isReady }.compactMap { Kill($0, events) }
    // Without the kubelet's word or a probe that would do it, a node may have been the one.
    guard let first = kills.first(where: { $0.event != nil }) ?? kills.first,
        first.event != nil || probe != nil
    else { return nil }
    let isCertain = first.event != nil
    let place = probe?.place ?? group.container.node.key("livenessProbe")
    return Finding(
        "\(counted(kills.count, "receiver")) of \(group.wantedPods) ended while replaying the WAL: "
            + (first.event?.message.withoutFullStop ?? "a probe asks /-/ready, which answers 503"),
        object: group.reference, at: (place ?? group.container.node).range,
        label: probe?.label ?? "ended the replay",
        severity: isCertain && !group.servesWrites ? nil : .warning,
        confidence: isCertain ? .certain : .likely,
        evidence: kills.flatMap { kill in
            [
                kill.log.evidence("the log of the run that ended stops in the replay", in: view),
                kill.event.map {
                    EvidenceItem(
                        "cluster", "pod \(kill.pod.name): \($0.message)",
                        command: view.kubectl(
                            "describe pod \(kill.pod.name)", namespace: kill.pod.namespace))
                },
            ].compactMap(\.self)
        },
        repair: repair(of: group, probe, view), about: kills.map(\.pod.reference))
}

private func planned(
    _ probe: ImpatientProbe, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    Finding(
        probe.message, object: group.reference, at: probe.place.range, label: probe.label,
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", probe.summary,
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: repair(of: group, probe, view))
}

private func repair(
    of group: ReceiverGroup, _ probe: ImpatientProbe?, _ view: ClusterView
) -> Repair {
    let patch =
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"\(group.container.name)\","
        + "\"livenessProbe\":{\"httpGet\":{\"path\":\"/-/healthy\"}}}]}}}}"
    let isLiveness = probe?.isLiveness ?? false
    return Repair(
        edits: isLiveness ? [probe.map { TextEdit.replacing($0.place, with: "/-/healthy") }] : [],
        command: isLiveness && view.isCluster
            ? view.kubectlPatch(group.reference, patch, type: "strategic") : nil,
        text: group.changingTemplate(
            isLiveness
                ? "let livenessProbe ask /-/healthy"
                : "give startupProbe half an hour: periodSeconds 10, failureThreshold 180"))
}
