import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension RingOutage {
    /// Which pods are down and what that does to writes.
    func finding(_ view: ClusterView) -> Finding {
        let isLasting = lastingShare > 0
        let part = isLasting ? lastingShare : share
        let percent = Int((part * 100).rounded(.up))
        let effect =
            part > 0.999 ? "every write fails" : "\(percent) % of the series cannot be written"
        let count = down.count
        return Finding(
            "\(count) of \(counted(ring.endpoints.count, "endpoint")) of the hashring "
                + "\(count == 1 ? "is" : "are") down, and a write needs \(sender.quorum) of "
                + "\(counted(sender.replicationFactor, "copy", "copies")): \(effect)"
                + (isLasting ? "" : ", unless a restart is just going on"),
            object: sender.reference, at: sender.range(ofFlag: "--receive.replication-factor"),
            label: "can spare \(counted(sender.spareCopies, "copy", "copies"))",
            severity: isLasting ? nil : .warning, confidence: isLasting ? .certain : .likely,
            alsoAt: [Place(file.place(of: ring.nameRange), "the hashring")],
            evidence: down.prefix(6).map { node in
                EvidenceItem(
                    "cluster",
                    "pod \(node.pod.name) is the endpoint "
                        + "\(node.member.endpoint.address.value), and is \(node.state)",
                    command: view.kubectl("get pod \(node.pod.name)", namespace: node.pod.namespace)
                )
            },
            repair: Repair(
                command: down.first.map {
                    view.kubectl("describe pod \($0.pod.name)", namespace: $0.pod.namespace)
                },
                text: "bring \(listed(down.map(\.pod.name))) back"),
            about: file.participants + down.map(\.pod))
    }
}
