import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let rw429Dropped = Check(
        "rw-429-dropped",
        severity: .error,
        summary: "The receivers answer 429 to an agent that does not try again",
        why: """
            A receiver whose tenant is above its limit of active series answers 429. Unless \
            retry_on_http_429 is set, Prometheus drops such a batch as it drops every 4xx, so \
            that a short burst of series costs all samples of that time.
            """,
        fix: """
            Raise the tenant's head_series_limit or send fewer series. Set \
            queue_config.retry_on_http_429: true where bursts are short; a tenant that stays above \
            its limit then fills the agent's queue instead. To drop on purpose, set it to false.
            """,
        needs: .agents, .allViews, .ifConfigured(.agentLogs), .view, .now,
        references: [
            "https://github.com/prometheus/prometheus/issues/8474",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: rw429DroppedExamples
    ) { agents, views, running, view, now in
        agents.filter { $0.isPrometheus && !view.hasVariants(of: $0) }.flatMap { agent in
            let own = running?.of(agent.reference)
            if let finding = own.flatMap({ dropping($0, view, now: now) }) { return [finding] }
            return agent.remoteWrites.compactMap { undecided($0, agent, view, views) }
        }
    }
}

private let field = "retry_on_http_429"

/// What the agent was told.
private func dropping(_ running: RunningAgent, _ view: ClusterView, now: Double) -> Finding? {
    let agent = running.agent
    let batches = DroppedBatch.newest(in: running, now: now, view).filter { $0.status == 429 }
    guard let batch = batches.first else { return nil }
    let target =
        agent.remoteWrites.first { $0.endpoint == batch.endpoint } ?? agent.remoteWrites.first
    let range = target?.setting("queue_config", field)?.range
    return Finding(
        batch.isCurrent
            ? "the agent drops batches: the receiver answers \(batch.answer)"
            : "the agent dropped batches\(batch.when): the receiver answered \(batch.answer)",
        object: agent.reference, at: range ?? agent.range(writingTo: batch.endpoint),
        label: "429 is not tried again",
        severity: batch.isCurrent ? nil : .warning,
        confidence: batch.isCurrent ? .certain : .likely,
        evidence: batches.prefix(4).map(\.evidence), repair: repair(of: target),
        about: agent.pods.map(\.reference))
}

/// A limit is set, and nobody said what the agent is to do at it.
private func undecided(
    _ target: RemoteWriteTarget, _ agent: Agent, _ view: ClusterView, _ views: [ClusterView]
) -> Finding? {
    guard target.node != nil, target.setting("queue_config", field) == nil,
        let endpoint = target.endpoint,
        let destination = WriteDestination(of: endpoint, from: view, among: views),
        let limit = destination.receivers.lazy.compactMap({
            seriesLimit(of: $0, for: target, destination.view)
        }).first
    else { return nil }
    let service = destination.service.reference
    return Finding(
        "the receivers limit active series to \(limit.value), and the agent drops what they "
            + "refuse for it",
        object: agent.reference, at: target.url.range, label: "without \(field)",
        severity: .warning, confidence: .likely,
        alsoAt: [Place(limit.range, "answered with 429 above this")],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(field) is not set for \(endpoint)",
                command: agent.command(in: view)),
            EvidenceItem(
                destination.view.objectSource, "head_series_limit is \(limit.value)",
                command: destination.view.kubectl(
                    "get configmap -o yaml", namespace: service.namespace)),
        ],
        repair: repair(of: target), about: agent.pods.map(\.reference)
    ).involving([service], of: destination.view, seenFrom: view)
}

/// The limit on active series of the tenant as which an agent writes.
private func seriesLimit(
    of group: ReceiverGroup, for target: RemoteWriteTarget, _ view: ClusterView
) -> Marked<Int>? {
    guard let file = LimitsFile(group, view), let tenant = group.tenant(of: target) else {
        return nil
    }
    return file.headLimit(ofTenant: tenant.value).flatMap { node in
        node.int.flatMap { $0 > 0 ? Marked($0, at: node.range) : nil }
    }
}

private func repair(of target: RemoteWriteTarget?) -> Repair {
    let text = "set queue_config.\(field): true, or false to drop on purpose"
    guard let target, let node = target.node, target.notation == .prometheus else {
        return Repair(text: text)
    }
    // Who wrote false may mean it: true lets the queue wait for as long as the limit is reached.
    if target.setting("queue_config", field) != nil {
        return Repair(
            text: "raise the tenant's limit, or write fewer series; \(field): true lets "
                + "the whole queue wait instead")
    }
    let edit: TextEdit? =
        if let queue = target.setting("queue_config") {
            .inserting(["\(field): true"], atTopOf: queue)
        } else {
            .inserting(["queue_config:", "  \(field): true"], atEndOf: node)
        }
    return Repair(edits: [edit], text: text)
}
