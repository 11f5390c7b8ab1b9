import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let rwNonrecoverableDrop = Check(
        "rw-nonrecoverable-drop",
        severity: .critical,
        stage: .postRollout,
        summary: "An agent drops batches that the receivers answer with a 4xx status",
        why: """
            An agent tries again after 5xx and network errors, and gives up a batch on every other \
            4xx. Its queue stays short and its lag looks perfect while samples are lost for good.
            """,
        fix: """
            Read the status in the agent's log and mend its cause: 404 and 405 are a wrong URL, \
            409 out of order, 413 and 429 limits, 401 and 403 credentials, 400 a tenant or a \
            replica. What was dropped cannot be sent again. Watch \
            prometheus_remote_storage_samples_failed_total.
            """,
        needs: .agentLogs, .optional(.agentRates("prometheus_remote_storage_samples_failed_total")),
        .view, .now,
        references: [
            "https://prometheus.io/docs/specs/prw/remote_write_spec/",
            "https://github.com/prometheus/prometheus/blob/main/storage/remote/client.go",
        ],
        examples: rwNonrecoverableDropExamples
    ) { agents, rates, view, now in
        agents.compactMap { running in
            let pods = rates?.of(running.agent.reference)?.pods ?? []
            return finding(running, pods, view, now: now)
        }
    }
}

private let family = "prometheus_remote_storage_samples_failed_total"

private func finding(
    _ running: RunningAgent, _ pods: [ScrapedPod], _ view: ClusterView, now: Double
) -> Finding? {
    let agent = running.agent
    guard agent.isPrometheus else { return nil }
    let batches = DroppedBatch.newest(in: running, now: now, view).filter { batch in
        batch.status.map { (400..<500).contains($0) } ?? false
    }
    let measured = pods.compactMap { pod in pod.rate(family).map { (pod, $0) } }
    let rate = measured.map(\.1).reduce(0, +)
    let logged = batches.filter(\.isCurrent)
    guard let batch = logged.first ?? batches.first else {
        return rate > 0 ? unexplained(agent, measured, rate, view) : nil
    }
    // The counter outranks the log, which may lag behind a repair by minutes.
    let isNow = measured.isEmpty ? !logged.isEmpty : rate > 0
    let amount = rate > 0 ? " \(shown(rate)) samples a second" : " batches"
    let conflictsOnly = (logged.isEmpty ? batches : logged).allSatisfy { $0.status == 409 }
    return Finding(
        isNow
            ? "the agent drops\(amount): the receiver answers \(batch.answer)"
            : "the agent dropped batches\(batch.when): the receiver answered \(batch.answer)",
        object: agent.reference, at: agent.range(writingTo: batch.endpoint),
        label: "what is sent here is dropped",
        severity: isNow ? (conflictsOnly ? .error : nil) : .warning,
        confidence: isNow ? .certain : .likely,
        evidence: measured.filter { $0.1 > 0 }.map { counter($0.0, $0.1, agent, view) }
            + batches.prefix(4).map(\.evidence),
        repair: repair(of: batch), about: agent.pods.map(\.reference))
}

private func counter(
    _ pod: ScrapedPod, _ rate: Double, _ agent: Agent, _ view: ClusterView
) -> EvidenceItem {
    agent.growth(": \(family) grows by \(shown(rate)) a second", of: pod.pod, family, in: view)
}

private func unexplained(
    _ agent: Agent, _ measured: [(ScrapedPod, Double)], _ rate: Double, _ view: ClusterView
) -> Finding {
    Finding(
        "the agent drops \(shown(rate)) samples a second; its log does not say why",
        object: agent.reference, at: agent.range(writingTo: nil),
        label: "what is sent here is dropped",
        evidence: measured.filter { $0.1 > 0 }.map { counter($0.0, $0.1, agent, view) },
        repair: Repair(
            text: "look for \"non-recoverable error\" in the agent's log: the status behind it "
                + "names the cause"),
        about: agent.pods.map(\.reference))
}

private func shown(_ rate: Double) -> String {
    rate < 10 ? "\(Double(Int(rate * 10)) / 10)" : rate < 1e15 ? "\(Int(rate))" : "\(rate)"
}

/// What the status asks for.
private func repair(of batch: DroppedBatch) -> Repair {
    switch batch.status {
    case 400:
        Repair(text: "read the text behind the status: a tenant, a replica header or a broken body")
    case 401, 403:
        Repair(text: "give the remote_write the credentials that the proxy or Ingress asks for")
    case 404, 405: Repair(text: "write to http://HOST:19291/api/v1/receive")
    case 409:
        Repair(text: "find the second sender of the same series: labels, replicas, a clock")
    case 413:
        Repair(
            text: "lower max_samples_per_send, or raise the limit in the file of "
                + "--receive.limits-config-file or of the proxy before the receivers")
    case 429: Repair(text: "raise the tenant's limit, or set queue_config.retry_on_http_429")
    default: Repair(text: "look up the status in the receiver's or the proxy's log")
    }
}
