import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let rwQueueBacklog = Check(
        "rw-queue-backlog",
        severity: .error,
        stage: .postRollout,
        summary: "An agent sends more slowly than it scrapes",
        why: """
            After every 5xx and network error an agent tries the same batch again, and the rest \
            waits in its WAL. The WAL keeps two hours for certain and four at most: what waits \
            longer is lost, and a restart of the agent loses all of it at once.
            """,
        fix: """
            Mend what the receivers answer; the log line "Failed to send batch, retrying" names it. \
            Then let the agent catch up and do not restart it. Raise max_shards only when the \
            receivers are healthy.
            """,
        needs: .agents,
        .ifConfigured(
            .agentRates(
                SendingQueue.pending, SendingQueue.retried, SendingQueue.desired,
                SendingQueue.most, SendingQueue.sent, SendingQueue.highest,
                SendingQueue.highestOfQueue, SendingQueue.start)),
        .optional(.agentLogs), .view, .now,
        references: [
            "https://prometheus.io/docs/practices/remote_write/",
            "https://github.com/prometheus/prometheus/issues/7912",
        ],
        examples: rwQueueBacklogExamples
    ) { agents, rates, running, view, now in
        agents.filter(\.isPrometheus).flatMap { agent -> [Finding] in
            let logs = running?.of(agent.reference)?.logs ?? []
            let retries = SendingRetries(logs, now: now)
            let settings =
                view.hasVariants(of: agent)
                ? [] : agent.remoteWrites.compactMap { unworkable($0, agent, view) }
            let seen = (rates?.of(agent.reference)?.pods ?? []).flatMap(SendingQueue.all)
            // A page without a queue tells nothing of one.
            guard !seen.isEmpty else {
                return (retries.map { [retrying($0, agent, view)] } ?? []) + settings
            }
            let queues = seen.filter { $0.state != nil }
            return [backlog(queues, retries, agent, view)].compactMap(\.self) + settings
        }
    }
}

/// The queues of an agent that are behind, as one finding.
private func backlog(
    _ queues: [SendingQueue], _ retries: SendingRetries?, _ agent: Agent, _ view: ClusterView
) -> Finding? {
    let stuck = queues.filter { if case .draining = $0.state { false } else { true } }
    guard let worst = stuck.first ?? queues.first, let state = worst.state else { return nil }
    let reason = retries.map { ": \($0.error)" } ?? ""
    return Finding(
        state.text + reason,
        object: agent.reference, at: agent.range(writingTo: worst.endpoint),
        label: "waits for this address",
        severity: stuck.isEmpty || worst.pod.later == nil ? .warning : nil,
        confidence: stuck.isEmpty || worst.pod.later == nil ? .likely : .certain,
        evidence: queues.prefix(4).map { measured($0, agent, view) }
            + (retries.map { [$0.evidence(in: view)] } ?? []),
        repair: repair(of: worst, retries),
        about: agent.pods.map(\.reference))
}

private let answersFirst = Repair(
    text: "mend what the receivers answer; a restart of the agent loses what waits")

/// More shards help only when nothing is refused.
private func repair(of queue: SendingQueue, _ retries: SendingRetries?) -> Repair {
    guard retries == nil, queue.retriesPerSecond == 0, let missing = queue.missingShards else {
        return answersFirst
    }
    let most = whole(missing.desired.rounded(.up))
    return Repair(
        text: "nothing is refused: raise max_shards to \(most) or more and reload the agent")
}

private func measured(_ queue: SendingQueue, _ agent: Agent, _ view: ClusterView) -> EvidenceItem {
    var facts: [String] = []
    if let pending = queue.pendingSamples { facts.append("\(whole(pending)) samples wait") }
    if let rate = queue.retriesPerSecond {
        facts.append(
            "\(whole(rate)) a second are sent again\(view.ratePeriod(of: queue.pod.pod))")
    }
    if let (desired, most) = queue.missingShards {
        facts.append("it wants \(whole(desired.rounded(.up))) shards and may have \(whole(most))")
    }
    return EvidenceItem(
        "cluster", "pod \(queue.pod.pod.name): \(facts.joined(separator: ", "))",
        command: agent.metricsCommand(queue.pod.pod, "prometheus_remote_storage", in: view))
}

/// The log alone shows that sending has failed for minutes; how much waits it does not say.
private func retrying(_ retries: SendingRetries, _ agent: Agent, _ view: ClusterView) -> Finding {
    Finding(
        "the agent has tried again for \(spoken(seconds: retries.seconds)): \(retries.error)",
        object: agent.reference, at: agent.range(writingTo: retries.endpoint),
        label: "waits for this address", severity: .warning, confidence: .likely,
        evidence: [retries.evidence(in: view)],
        repair: answersFirst,
        about: agent.pods.map(\.reference))
}

/// Settings of a queue that contradict each other.
private func unworkable(
    _ target: RemoteWriteTarget, _ agent: Agent, _ view: ClusterView
) -> Finding? {
    func setting(_ name: String) -> (node: Node, value: Int)? {
        target.setting("queue_config", name).flatMap { node in node.int.map { (node, $0) } }
    }
    let message: String
    let node: Node
    if let least = setting("min_shards"), let most = setting("max_shards"),
        least.value > most.value
    {
        (message, node) = (
            "min_shards \(least.value) is above max_shards \(most.value)", least.node
        )
    } else if let capacity = setting("capacity"), let batch = setting("max_samples_per_send"),
        capacity.value < batch.value
    {
        message = "a shard holds \(capacity.value) samples, less than one batch of \(batch.value)"
        node = capacity.node
    } else {
        return nil
    }
    return Finding(
        message, object: agent.reference, at: node.range, severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(view.objectSource, message, command: agent.command(in: view))
        ],
        repair: Repair(
            text: "leave the numbers out, or set capacity to 3 to 10 times max_samples_per_send"),
        about: agent.pods.map(\.reference))
}
