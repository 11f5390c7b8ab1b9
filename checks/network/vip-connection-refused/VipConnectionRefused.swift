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
        needs: .pipeline, .ifConfigured(.probes), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://docs.cilium.io/en/stable/network/lb-ipam/",
        ],
        examples: vipConnectionRefusedExamples
    ) { pipeline, probes, view in
        explained(
            refused(probes ?? [], pipeline),
            by: pipeline.receivers.compactMap { listensToItself($0, view) })
    }
}

/// Refusals, and listeners that no other host reaches; what such a listener makes the Services in
/// front of it answer is evidence of it, and no second fault.
private func explained(_ refusals: [Finding], by listeners: [Finding]) -> [Finding] {
    let others = refusals.filter { refusal in
        !listeners.contains { $0.about.contains(refusal.object) }
    }
    return others
        + listeners.map { listener in
            var listener = listener
            listener.evidence += refusals.filter { listener.about.contains($0.object) }
                .flatMap(\.evidence)
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
            repair: Repair(
                text: probe.subject.kind == "Ingress"
                    ? "look at the address of the Ingress and at the proxy of its class behind it"
                    : "look at the Service's address, its port, its ready endpoints and the "
                        + "receiver's --remote-write.address, in this order"))
    }
}

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
