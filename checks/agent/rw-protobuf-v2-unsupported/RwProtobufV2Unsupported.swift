import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let rwProtobufV2Unsupported = Check(
        "rw-protobuf-v2-unsupported",
        severity: .critical,
        summary: "An agent sends remote write 2.0 to a Thanos that understands only 1.0",
        why: """
            Thanos up to v0.42.4 reads a message of remote write 2.0 as an empty one of 1.0 and \
            answers 200. Nothing is stored, and nothing is wrong on the server's side; only \
            the agent's log tells. What a newer receiver forwards to an older one is lost likewise.
            """,
        fix: """
            Leave protobuf_message out of remote_write, or set it to prometheus.WriteRequest, which \
            every Thanos understands. Upgrade ingestors before the receivers that forward to them.
            """,
        needs: .either(.agents, or: .receiverFiles), .allViews, .ifConfigured(.agentLogs), .view,
        .now,
        references: [
            "https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: rwProtobufV2UnsupportedExamples
    ) { sources, views, running, view, now in
        let (agents, receivers) = sources
        let sent = (agents ?? []).filter { !view.hasVariants(of: $0) }.flatMap { agent in
            let own = running?.of(agent.reference)
            if let finding = own.flatMap({ refused($0, view, now: now) }) { return [finding] }
            return agent.remoteWrites.compactMap { configured($0, agent, view, views) }
        }
        return sent
            + RingFile.all(of: receivers ?? []).compactMap {
                UnreadForwards($0, view)?.finding(view)
            }
    }
}

extension Version {
    /// The last release without remote write 2.0: no tag has it, the main branch does.
    static let lastOfOldMessages = Version(0, 42, 4)
}

/// The setting, when it asks for 2.0: as Prometheus and the collector spell it, or the operator.
private func secondVersion(of target: RemoteWriteTarget?) -> Node? {
    guard let node = target?.setting("protobuf_message"),
        ["io.prometheus.write.v2.Request", "V2.0"].contains(node.string)
    else { return nil }
    return node
}

private func repair(of node: Node?, _ notation: RemoteWriteTarget.Notation?) -> Repair {
    let name = notation == .customResource ? "V1.0" : "prometheus.WriteRequest"
    return Repair(
        edits: node.map { [.replacing($0, with: name)] } ?? [], text: "send \(name), the default")
}

private func configured(
    _ target: RemoteWriteTarget, _ agent: Agent, _ view: ClusterView, _ views: [ClusterView]
) -> Finding? {
    guard let node = secondVersion(of: target), let endpoint = target.endpoint,
        let destination = WriteDestination(of: endpoint, from: view, among: views)
    else { return nil }
    let last = Version.lastOfOldMessages
    let service = destination.service.reference
    let old = destination.receivers.filter { ($0.version ?? last) <= last }
    guard let receiver = old.first(where: { $0.version != nil }) ?? old.first else { return nil }
    let known = receiver.version
    let what =
        known.map { "which is Thanos \($0)" }
        ?? "whose release is not stated; Thanos up to \(last) stores nothing of it"
    return Finding(
        "remote write 2.0 is sent to \(receiver.reference), \(what)",
        object: agent.reference, at: node.range, label: "not understood there",
        severity: known == nil ? .info : nil, confidence: known == nil ? .possible : .certain,
        evidence: [
            EvidenceItem(
                view.objectSource, "protobuf_message is \(node.string ?? "")",
                command: agent.command(in: view)),
            EvidenceItem(
                destination.view.objectSource,
                "the image is \(receiver.container.image?.text ?? "not stated")",
                command: destination.view.kubectl(
                    "get \(receiver.reference.kind.lowercased()) \(receiver.reference.name) "
                        + "-o jsonpath='{.spec.template.spec.containers[*].image}'",
                    namespace: receiver.reference.namespace)),
        ],
        repair: repair(of: node, target.notation), about: agent.pods.map(\.reference)
    ).involving([service], of: destination.view, seenFrom: view)
}

/// The agent noticed that nothing was written (Prometheus' queue_manager.go).
private func refused(_ running: RunningAgent, _ view: ClusterView, now: Double) -> Finding? {
    let agent = running.agent
    let batches = DroppedBatch.newest(in: running, now: now, view).filter {
        $0.error.contains("PRW 2.0 response header statistics indicate 0 samples")
    }
    guard let batch = batches.first else { return nil }
    let target = agent.remoteWrites.first { $0.endpoint == batch.endpoint }
    let node = secondVersion(of: target)
    return Finding(
        "the receiver answers 200 to remote write 2.0 and stores nothing\(batch.when)",
        object: agent.reference, at: node?.range ?? agent.range(writingTo: batch.endpoint),
        label: "not understood there",
        severity: batch.isCurrent ? nil : .warning,
        confidence: batch.isCurrent ? .certain : .likely,
        evidence: batches.prefix(4).map(\.evidence), repair: repair(of: node, target?.notation),
        about: agent.pods.map(\.reference))
}
