import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let receiveNotReady503 = Check(
        "receive-not-ready-503",
        severity: .warning,
        stage: .postRollout,
        summary: "A receiver is up and does not serve yet",
        why: """
            A receiver listens before it has a hashring and before its WAL is read, and answers \
            503 until then; the agents try again. Every start is like that for some minutes. One \
            that stays like that takes no writes, and its hashring is a copy short.
            """,
        fix: """
            Wait for a start that is some minutes old. After that read the receiver's log: it says \
            whether it still replays its WAL, waits for a hashring, or for an upload to an object \
            store that does not answer.
            """,
        needs: .receivers, .ifConfigured(.receiverPods), .optional(.receiverLogs),
        .optional(.receiverMetrics(WaitingReceiver.status)), .view, .now,
        references: [
            "https://github.com/thanos-io/thanos/issues/4533",
            "https://github.com/thanos-io/thanos/issues/7892",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: receiveNotReady503Examples
    ) { receivers, pods, logged, measured, view, now in
        let running = logged ?? pods ?? []
        return receivers.flatMap { group -> [Finding] in
            let pages = measured?.of(group.reference)?.pods ?? []
            let waiting =
                running.of(group.reference).map { running in
                    running.runs.compactMap { WaitingReceiver($0, running, pages, view, now: now) }
                } ?? []
            return (finding(waiting, group, view).map { [$0] } ?? [])
        } + publishing(receivers, view)
    }
}

private func finding(
    _ waiting: [WaitingReceiver], _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    guard let worst = waiting.max(by: { ($0.age ?? 0) < ($1.age ?? 0) }) else { return nil }
    let pods = waiting.map(\.run.pod)
    let readiness = group.container.node.key("readinessProbe")
    let others = waiting.count > 1 ? "; \(waiting.count - 1) more likewise" : ""
    let time = worst.age.map { " for \(spoken(seconds: $0))" } ?? ""
    return Finding(
        "\(worst.run.pod.name) runs and has not served\(time): "
            + (worst.reason?.text ?? "its log does not say why") + others,
        object: group.reference,
        at: (readiness ?? group.container.node["name"] ?? group.container.node).range,
        label: "not ready yet", severity: worst.isLasting ? nil : .info,
        confidence: worst.isLasting ? .certain : .likely,
        evidence: waiting.prefix(4).map { $0.evidence(group, view) },
        repair: Repair(
            command: view.kubectl(
                "logs \(worst.run.pod.name) -c \(group.container.name) --tail=100",
                namespace: worst.run.pod.namespace),
            text: worst.isLasting
                ? "mend what the log names; do not restart it while it reads its WAL"
                : "wait: every start takes some minutes"),
        about: pods.map(\.reference) + group.services.map(\.reference))
}

/// Services that send writes to receivers which do not serve yet.
private func publishing(_ receivers: [ReceiverGroup], _ view: ClusterView) -> [Finding] {
    var seen: Set<ObjectReference> = []
    return receivers.filter { $0.isWhole(in: view) }.flatMap { group in
        group.services.compactMap { service in
            guard !service.isHeadless,
                let field = service.object.spec?["publishNotReadyAddresses"], field.bool == true,
                service.ports.contains(where: group.takesWrites),
                !view.mayReplace(service.reference), seen.insert(service.reference).inserted
            else { return nil }
            return Finding(
                "writes to \(service.reference.name) reach receivers that are not ready and "
                    + "answer 503",
                object: service.reference, at: field.range, label: "sends to every pod",
                confidence: .likely,
                evidence: [
                    EvidenceItem(
                        view.objectSource, "publishNotReadyAddresses is true",
                        command: view.kubectl(
                            "get service \(service.reference.name) -o yaml",
                            namespace: service.namespace))
                ],
                repair: Repair(
                    edits: [.replacing(field, with: "false")],
                    command: view.isCluster
                        ? view.kubectlPatch(
                            service.reference, "{\"spec\":{\"publishNotReadyAddresses\":false}}")
                        : nil,
                    text: "publish addresses that are not ready on the headless Service only"),
                about: [group.reference])
        }
    }
}
