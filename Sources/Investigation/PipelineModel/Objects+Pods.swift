package import KubernetesModel

extension Objects {
    /// The pods that a workload controls, by name; a bare Pod is its own.
    package func pods(of workload: Workload) -> [Pod] {
        let pods = of(kind: "Pod").compactMap(Pod.init)
        if workload.object.kind == "Pod" {
            return pods.filter { $0.reference == workload.reference }
        }
        return pods.filter { pod in
            guard pod.namespace == workload.namespace, let owner = pod.object.controller else {
                return false
            }
            return owner == workload.reference || isReplicaSet(owner, of: workload)
        }.sorted { $0.reference < $1.reference }
    }

    private func isReplicaSet(_ owner: ObjectReference, of workload: Workload) -> Bool {
        guard owner.kind == "ReplicaSet" else { return false }
        guard let set = self[owner] else {
            // ReplicaSets are not gathered: their names are the Deployment's and a hash.
            return workload.object.kind == "Deployment"
                && owner.name.hasPrefix(workload.object.name + "-")
        }
        return set.controller == workload.reference
    }
}
