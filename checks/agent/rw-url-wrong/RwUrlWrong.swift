import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let rwUrlWrong = Check(
        "rw-url-wrong",
        severity: .critical,
        summary: "A remote-write URL leads to a path or port that takes no writes",
        why: """
            A receiver takes remote write at /api/v1/receive on one port only, and answers 404 or \
            405 everywhere else. An agent does not try those again: it drops every sample, with \
            a queue that looks healthy.
            """,
        fix: """
            Write to http://HOST:19291/api/v1/receive. /api/v1/write is Prometheus' own path, \
            10902 serves metrics and 10901 gRPC. A 404 with an HTML page comes from an Ingress.
            """,
        needs: .either(.agents, or: .probes), .allViews, .ifConfigured(.agentLogs), .view, .now,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://prometheus.io/docs/specs/prw/remote_write_spec/",
        ],
        examples: rwUrlWrongExamples
    ) { sources, views, running, view, now in
        let (agents, probes) = sources
        let judged = (agents ?? []).filter { !view.hasVariants(of: $0) }.map { agent in
            (agent, misdirected(agent, views, running, view, now: now))
        }
        let found = judged.flatMap(\.1)
        let named = Set(
            judged.filter { !$0.1.isEmpty }.flatMap { $0.0.remoteWrites.compactMap(\.endpoint) })
        return found
            + (probes ?? []).filter { !named.contains($0.endpoint) }.compactMap {
                TurnedAway($0, from: view, among: views)?.finding(view)
            }
    }
}

/// What is wrong with the addresses of an agent, as they are written or as they are answered.
private func misdirected(
    _ agent: Agent, _ views: [ClusterView], _ running: ByOwner<RunningAgent>?, _ view: ClusterView,
    now: Double
) -> [Finding] {
    let written = agent.remoteWrites.compactMap { target in
        WrongAddress(target, from: view, among: views).map { finding($0, agent, view) }
    }
    guard written.isEmpty else { return written }
    let strange = agent.remoteWrites.compactMap { target in
        StrangeAddress(target, from: view, among: views).map { $0.finding(of: agent, view) }
    }
    guard strange.isEmpty else { return strange }
    let own = running?.of(agent.reference)
    return own.flatMap { refused($0, view, now: now) }.map { [$0] } ?? []
}

private func finding(_ wrong: WrongAddress, _ agent: Agent, _ view: ClusterView) -> Finding {
    let range = wrong.target.url.range
    let url = wrong.target.url.value
    let reference = wrong.destination.service.reference
    return Finding(
        wrong.message, object: agent.reference, at: range, label: wrong.label,
        alsoAt: [Place(wrong.destination.service.object.range, "the receivers' Service")],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(agent.reference) writes to \(wrong.endpoint)",
                command: agent.command(in: view)),
            EvidenceItem(
                wrong.destination.view.objectSource,
                "\(reference) leads to \(wrong.destination.receivers[0].reference)",
                command: wrong.destination.view.kubectl(
                    "get service \(reference.name) -o yaml", namespace: reference.namespace)),
        ],
        repair: Repair(
            edits: [wrong.correctedURL.flatMap { .replacing(url, with: $0, within: range) }],
            text: "write to \(wrong.correctEndpoint)"),
        about: agent.pods.map(\.reference)
    ).involving([reference], of: wrong.destination.view, seenFrom: view)
}

/// What an agent was answered by an address that nobody knows more of.
private func refused(_ running: RunningAgent, _ view: ClusterView, now: Double) -> Finding? {
    let agent = running.agent
    let batches = DroppedBatch.newest(in: running, now: now, view).filter { batch in
        batch.status == 404 || batch.status == 405
    }
    guard let batch = batches.first else { return nil }
    let address = batch.endpoint.map { " at \($0)" } ?? ""
    // One that writes to the receivers as well may mean another product here.
    let isForeign = agent.remoteWrites.contains { target in
        guard let endpoint = target.endpoint, endpoint != batch.endpoint else { return false }
        return WriteDestination(of: endpoint, from: view, among: [view]) != nil
    }
    return Finding(
        "nothing\(address) takes remote write\(batch.when): \(batch.answer)",
        object: agent.reference, at: agent.range(writingTo: batch.endpoint),
        label: "answers \(batch.status ?? 404)",
        severity: batch.isCurrent && !isForeign ? nil : .warning,
        confidence: batch.isCurrent ? .certain : .likely,
        evidence: batches.prefix(4).map(\.evidence),
        repair: Repair(
            text: isForeign
                ? "mend the path of this destination, as its own manual has it"
                : WriteAdvice.text(for: batch.error)),
        about: agent.pods.map(\.reference))
}
