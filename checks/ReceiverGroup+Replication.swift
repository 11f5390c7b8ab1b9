import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// How many pods are asked for, when it is more than one and no base or overlay may say
    /// otherwise.
    func replication(in view: ClusterView) -> Int? {
        let kind = workload.object.kind
        guard flags.mode.stores, ["StatefulSet", "Deployment"].contains(kind),
            workload.replicas > 1,
            view.isCluster || workload.object.spec?["replicas"] != nil, isWhole(in: view)
        else { return nil }
        return workload.replicas
    }
}

extension [ReceiverGroup] {
    /// How many copies of a series there are at most, and how many of them a write can spare.
    ///
    /// Where routers and ingestors are apart, only the routers know, so that all receivers of a
    /// namespace are asked and the most generous answer counts.
    func copies(near group: ReceiverGroup) -> (count: Int, spare: Int) {
        filter { $0.workload.namespace == group.workload.namespace }
            .map { ($0.replicationFactor, $0.replicationFactor - $0.quorum) }
            .max { $0.1 < $1.1 } ?? (1, 0)
    }
}

extension ClusterView {
    /// The command that prints an object as the cluster has it.
    func commandShowing(_ object: ObjectReference) -> String {
        kubectl(
            "get \(object.kind.lowercased()) \(object.name) -o yaml", namespace: object.namespace)
    }
}
