import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let forwardTimeout = Check(
        "forward-timeout",
        severity: .error,
        stage: .postRollout,
        summary: "Forwarding between receivers exceeds its deadline",
        why: """
            A receiver hands every write to the others of its hashring and waits 5 s for enough of \
            them. When they are slower, the write ends in 500 "context deadline exceeded", the \
            agent sends the whole batch again, and the receivers get slower still.
            """,
        fix: """
            Make sure first that each receiver finds itself in the hashring. Then find the one that \
            is slow, by its CPU, its disk and its restarts, and give it room. With many agents \
            raise --receive.forward.async-workers, for example to 50.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs),
        .optional(.receiverRates(WorkerDelay.sum, WorkerDelay.count)), .allViews, .view, .now,
        references: [
            "https://github.com/thanos-io/thanos/issues/7248",
            "https://github.com/thanos-io/thanos/issues/1883",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: forwardTimeoutExamples
    ) { receivers, logged, rates, views, view, now in
        receivers.flatMap { group in
            let running = logged?.of(group.reference)
            let pods = rates?.of(group.reference)?.pods ?? []
            let delays = pods.compactMap(WorkerDelay.init)
            let live =
                timedOut(group, running, delays, view, now: now) ?? waiting(group, delays, view)
            return (live.map { [$0] } ?? []) + impatient(group, view, views)
        }
    }
}

private let deadlineFlag = "--receive-forward-timeout"
private let workersFlag = "--receive.forward.async-workers"

/// From here on it is no matter of one node that went away.
private let manyWrites = 5

private func timedOut(
    _ group: ReceiverGroup, _ running: RunningGroup?, _ delays: [WorkerDelay],
    _ view: ClusterView, now: Double
) -> Finding? {
    let lines = ReceiverComplaint.all(in: running, saying: "deadline exceeded", now: now, view)
        .filter { line in
            // The same error at other levels is of writes that succeeded without this copy.
            line.record.message == "internal server error"
                && line.record.error?.contains("deadline exceeded") == true
        }
    guard let newest = lines.first, newest.age <= 3600 else { return nil }
    let current = lines.count(where: \.isCurrent)
    let deadline = group.flags.text(of: deadlineFlag) ?? "5s"
    let isLasting = current >= manyWrites
    let pods = Set(lines.map(\.pod)).sorted { $0.name < $1.name }
    return Finding(
        newest.isCurrent
            ? "\(counted(current, "write")) of the last minutes ended at the deadline of "
                + "\(deadline): \(words(newest))"
            : "\(counted(lines.count, "write")) ended at the deadline of \(deadline), the last "
                + "\(spoken(seconds: newest.age)) ago: \(words(newest))",
        object: group.reference, at: group.range(ofFlag: workersFlag), label: "forwards too slowly",
        severity: isLasting ? nil : newest.isCurrent ? .warning : .info,
        confidence: isLasting ? .certain : .likely,
        evidence: pods.prefix(4).compactMap { pod in
            lines.first { $0.pod == pod }.map { $0.evidence(words($0)) }
        } + delays.filter(\.isLong).map { $0.evidence(group, view) },
        repair: repair(group), about: pods + group.services.map(\.reference))
}

private func words(_ line: ReceiverComplaint) -> String {
    shortened(line.record.error ?? line.record.message)
}

/// All workers are busy, and no write has failed for it yet.
private func waiting(
    _ group: ReceiverGroup, _ delays: [WorkerDelay], _ view: ClusterView
) -> Finding? {
    let long = delays.filter(\.isLong)
    guard let worst = long.max(by: { $0.seconds < $1.seconds }) else { return nil }
    return Finding(
        "requests wait \(worst.text) for one of the workers that forward them",
        object: group.reference, at: group.range(ofFlag: workersFlag),
        label: "\(group.flags.text(of: workersFlag) ?? "5") for each other receiver",
        severity: .warning, confidence: .likely, evidence: long.map { $0.evidence(group, view) },
        repair: repair(group), about: long.map(\.pod) + group.services.map(\.reference))
}

private func repair(_ group: ReceiverGroup) -> Repair {
    let search = "compare CPU throttling, restarts and disk of the receivers to find the slow one"
    // Older releases end at once on a flag that they do not know.
    guard let version = group.version, version >= Version(0, 35) else {
        return Repair(text: search)
    }
    return Repair(text: "\(search); with many agents set \(workersFlag)=50")
}

/// Agents that give a write up before the receivers have given their answer.
private func impatient(
    _ group: ReceiverGroup, _ view: ClusterView, _ views: [ClusterView]
) -> [Finding] {
    guard group.flags.mode != .ingestorOnly, group.isWhole(in: view),
        let deadline = group.flags.duration(of: deadlineFlag)
    else { return [] }
    return views.flatMap { place in
        place.pipeline.agents.filter { $0.isPrometheus && !place.hasVariants(of: $0) }
            .flatMap { agent in
                agent.remoteWrites.compactMap { target -> Finding? in
                    guard let node = target.setting("remote_timeout"), let text = node.string,
                        let timeout = FlagValue.prometheusDuration(text), timeout <= deadline,
                        let endpoint = target.endpoint,
                        let destination = WriteDestination(of: endpoint, from: place, among: views),
                        destination.view.name == view.name,
                        destination.receivers.contains(where: { $0.reference == group.reference })
                    else { return nil }
                    return impatience(of: agent, in: place, node, group, destination, view)
                }
            }
    }
}

private func impatience(
    of agent: Agent, in place: ClusterView, _ node: Node, _ group: ReceiverGroup,
    _ destination: WriteDestination, _ view: ClusterView
) -> Finding {
    let deadline = group.flags.text(of: deadlineFlag) ?? "5s"
    let timeout = node.string ?? ""
    return Finding(
        "the agent gives a write up after \(timeout), and the receivers answer within \(deadline)",
        object: group.reference, at: node.range, label: "no longer than the receivers' deadline",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                place.objectSource, "remote_timeout of \(agent.reference) is \(timeout)",
                command: agent.command(in: place))
        ],
        repair: Repair(
            edits: [.replacing(node, with: "30s")], text: "set remote_timeout to 30s, the default"),
        about: [destination.service.reference]
    ).involving([agent.reference], of: place, seenFrom: view)
}
