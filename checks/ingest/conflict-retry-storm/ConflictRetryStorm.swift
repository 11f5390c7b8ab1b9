import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let conflictRetryStorm = Check(
        "conflict-retry-storm",
        severity: .error,
        stage: .postRollout,
        summary: "A batch that is half conflict and half unavailable is retried for ever",
        why: """
            One receiver took the batch at an earlier try and calls it a conflict now, another is \
            down. Together that is answered with 503, before v0.42 often with 500, and the agent \
            sends the same batch again and again. Nothing behind it in its shard is sent.
            """,
        fix: """
            Bring the receiver back that is out of reach: then the batch is answered with 409 and \
            given up, and the queue moves on. Do not restart the agents. An out-of-order window on \
            the receivers makes conflicts rarer.
            """,
        needs: .cluster, .asFarAsSeen(.agentLogs), .optional(.agentRates(retried, sent)),
        .asFarAsSeen(.receiverLogs), .now,
        references: [
            "https://github.com/thanos-io/thanos/issues/3913",
            "https://github.com/thanos-io/thanos/issues/8727",
        ],
        examples: conflictRetryStormExamples
    ) { view, agents, rates, receivers, now in
        let storms = (agents ?? []).compactMap { running in
            let pods = rates?.of(running.agent.reference)?.pods ?? []
            return storm(running, pods, now: now, view)
        }
        guard storms.isEmpty else { return storms }
        return (receivers ?? []).compactMap { answered($0, now: now, view) }
    }
}

private let retried = "prometheus_remote_storage_samples_retried_total"
private let sent = "prometheus_remote_storage_queue_highest_sent_timestamp_seconds"

private func storm(
    _ running: RunningAgent, _ pods: [ScrapedPod], now: Double, _ view: ClusterView
) -> Finding? {
    let agent = running.agent
    guard agent.isPrometheus,
        let answers = MixedAnswers.first(
            in: running.logs, messages: ["Failed to send batch, retrying"], now: now, view)
    else { return nil }
    let page = pods.first { $0.pod == answers.pod }
    let queue = answers.url.map { ["url": $0] } ?? [:]
    let rate = page?.rate(retried, where: queue)
    // The counter outranks the log: nothing is sent again any more.
    if rate == 0 { return nil }
    let isStuck = (rate ?? 0) > 0 && page?.rate(sent, where: queue) == 0
    return Finding(
        "the agent has sent a batch again for \(spoken(seconds: answers.seconds)) that is part "
            + "conflict, part out of reach: \(answers.answer)",
        object: agent.reference,
        at: agent.range(writingTo: answers.url.flatMap(EndpointAddress.init(url:))),
        label: "answers with both", severity: isStuck ? nil : .warning,
        confidence: isStuck ? .certain : .likely,
        evidence: [answers.evidence]
            + (isStuck
                ? [
                    agent.growth(
                        ": samples are sent again and the newest sent stays", of: answers.pod,
                        retried, in: view)
                ] : []),
        repair: Repair(
            text: "bring the receiver back that the answer names; do not restart the agent"),
        about: agent.pods.map(\.reference))
}

/// The receivers' side of it: an error line up to v0.41, and only at level debug since.
private func answered(
    _ running: RunningGroup, now: Double, _ view: ClusterView
) -> Finding? {
    let group = running.group
    guard
        let answers = MixedAnswers.first(
            in: running.logs, messages: ["internal server error", "failed to handle request"],
            now: now, view)
    else { return nil }
    return Finding(
        "writes have been answered for \(spoken(seconds: answers.seconds)) with both a conflict "
            + "and a receiver out of reach: \(answers.answer)",
        object: group.reference, at: group.range(ofFlag: "--receive.replication-factor"),
        label: "answers with both", severity: .warning, confidence: .likely,
        evidence: [answers.evidence],
        repair: Repair(text: "bring the receiver back that the answer names"),
        about: [answers.pod] + group.services.map(\.reference))
}
