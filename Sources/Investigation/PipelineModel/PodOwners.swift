import KubernetesModel

/// Which workload controls which pods, looked up rather than searched for.
struct PodOwners: Sendable {
    private var pods: [ObjectReference: [Pod]] = [:]

    /// - Parameter object: the ReplicaSets between Deployments and pods, where they are known.
    init(_ pods: [Pod], object: (ObjectReference) -> KubernetesObject?) {
        for pod in pods {
            guard let owner = pod.object.controller else { continue }
            self.pods[owner, default: []].append(pod)
            guard owner.kind == "ReplicaSet" else { continue }
            let above = object(owner).map(\.controller) ?? Self.deployment(of: owner)
            if let above { self.pods[above, default: []].append(pod) }
        }
    }

    /// The pods under a workload, by name.
    func pods(of workload: ObjectReference) -> [Pod] {
        pods[workload]?.sorted { $0.reference < $1.reference } ?? []
    }

    /// ReplicaSets are not gathered: their names are the Deployment's, a hyphen and a hash.
    private static func deployment(of set: ObjectReference) -> ObjectReference? {
        guard let hyphen = set.name.lastIndex(of: "-") else { return nil }
        return ObjectReference(
            kind: "Deployment", namespace: set.namespace, name: String(set.name[..<hyphen]))
    }
}
