import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let vipConnectionRefused = Check(
        "vip-connection-refused",
        severity: .critical,
        stage: .postRollout,
        summary: "Remote write to the receivers' address is refused",
        why: """
            A refused connection is an answer: something holds the address, and nothing listens on \
            the port. The agents keep what they cannot send and lose it when their queue is full.
            """,
        fix: """
            Look in this order at the Service's external address, its port, its ready endpoints, \
            and the address that the receiver listens on. Do not restart an agent that queues.
            """,
        needs: .pipeline, .allViews, .ifConfigured(.probes), .ifConfigured(.agentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://docs.cilium.io/en/stable/network/lb-ipam/",
        ],
        examples: vipConnectionRefusedExamples
    ) { pipeline, views, probes, agents, now, view in
        let logged: [Finding] = (agents ?? []).flatMap { turnedAway($0, views, now, view) }
        return explained(
            refused(probes ?? [], pipeline) + logged,
            by: pipeline.receivers.compactMap { listensToItself($0, view) })
    }
}

/// Refusals, and listeners that no other host reaches; what such a listener makes the Services in
/// front of it answer is evidence of it, and no second fault.
private func explained(_ refusals: [Finding], by listeners: [Finding]) -> [Finding] {
    func isOf(_ refusal: Finding, _ listener: Finding) -> Bool {
        !Set(listener.about).isDisjoint(with: refusal.about + [refusal.object])
    }
    let others = refusals.filter { refusal in !listeners.contains { isOf(refusal, $0) } }
    return others
        + listeners.map { listener in
            var listener = listener
            listener.evidence += refusals.filter { isOf($0, listener) }.flatMap(\.evidence)
            return listener
        }
}

/// One finding for each object whose address refuses, at the first address that did.
private func refused(_ probes: [ProbeRecord], _ pipeline: Pipeline) -> [Finding] {
    var seen: Set<ObjectReference> = []
    return probes.compactMap { probe in
        guard probe.purpose == .remoteWrite, let (hop, failure) = probe.failure,
            hop.kind == .tcp, failure == .refused, seen.insert(probe.subject).inserted
        else { return nil }
        let service = pipeline.services.first { $0.reference == probe.subject }
        return Finding(
            "remote write to \(probe.endpoint) is refused",
            object: probe.subject, at: service?.object.range,
            evidence: [
                EvidenceItem(
                    "probe", "\(hop.detail), seen from \(probe.seenFrom)", command: probe.command)
            ],
            repair: probe.subject.kind == "Ingress"
                ? Repair(
                    text: "look at the address of the Ingress and at the proxy of its class "
                        + "behind it") : order)
    }
}

/// What an agent says of the receivers' address, where no probe has said it.
private func turnedAway(
    _ running: RunningAgent, _ views: [ClusterView], _ now: Double, _ view: ClusterView
) -> [Finding] {
    let isWhole = views.contains { !$0.pipeline.receivers.isEmpty }
    return SendingComplaint.all(of: running, saying: ["connection refused"], now: now).compactMap {
        complaint in
        guard let endpoint = complaint.target.endpoint,
            !views.contains(where: { $0.saysItself(endpoint) }),
            // Where the receivers are known, another address is another fault.
            !isWhole || leadsToReceivers(endpoint, views, view)
        else { return nil }
        return Finding(
            "the agent's writes to \(complaint.target.url.value) are refused",
            object: running.agent.reference, at: complaint.target.url.range, label: "refuses",
            severity: complaint.lasts ? nil : .warning,
            confidence: complaint.lasts ? .certain : .likely,
            evidence: [complaint.evidence(in: view)], repair: order,
            about: complaint.service(in: view))
    }
}

/// Whether they are there, and nothing is said of their own listener already.
private func leadsToReceivers(
    _ endpoint: EndpointAddress, _ views: [ClusterView], _ view: ClusterView
) -> Bool {
    guard let destination = WriteDestination(of: endpoint, from: view, among: views) else {
        return false
    }
    return destination.view.name == view.name
        || !destination.receivers.contains { $0.remoteWriteListener?.isLoopback == true }
}

extension ClusterView {
    /// Whether a probe of this view was refused there.
    fileprivate func saysItself(_ endpoint: EndpointAddress) -> Bool {
        probes.contains { probe in
            probe.endpoint.host == endpoint.host && probe.endpoint.port == endpoint.port
                && probe.failure?.1 == .refused
        }
    }
}

private let order = Repair(
    text: "look at the Service's address, its port, its ready endpoints and the receiver's "
        + "--remote-write.address, in this order")

/// A listener on the loopback address, which no other pod or host can reach.
private func listensToItself(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard let listener = group.remoteWriteListener, listener.isLoopback else { return nil }
    let isNamedByService = group.services.contains { service in
        service.ports.contains { group.containerPort(of: $0) == listener.port }
    }
    // Another container of the pod may take the writes and hand them on.
    let isAlone = group.workload.podSpec?.containers.count == 1
    guard isAlone || isNamedByService else { return nil }
    let range = group.range(ofFlag: "--remote-write.address")
    let text = "--remote-write.address=0.0.0.0:\(listener.port)"
    return Finding(
        "the receiver takes remote write on \(listener.host) only, where no other pod reaches it",
        object: group.reference, at: range, label: "the pod's own loopback address",
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "--remote-write.address is \(listener.host):\(listener.port)",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: [.replacing(listener.host, with: "0.0.0.0", within: range)],
            text: "write \(text), or leave the flag out"),
        about: group.services.map(\.reference))
}
