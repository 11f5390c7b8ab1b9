package import KubernetesModel

/// The objects of one cluster, as far as they are known, found by kind and by name.
package struct Objects: Sendable {
    package let all: [KubernetesObject]
    private let byKind: [String: [Int]]
    private let byReference: [ObjectReference: Int]

    package init(_ all: [KubernetesObject]) {
        self.all = all
        var byKind: [String: [Int]] = [:]
        var byReference: [ObjectReference: Int] = [:]
        for (index, object) in all.enumerated() {
            byKind[object.kind, default: []].append(index)
            byReference[object.reference] = index
        }
        self.byKind = byKind
        self.byReference = byReference
    }

    package func of(kind: String) -> [KubernetesObject] {
        byKind[kind]?.map { all[$0] } ?? []
    }

    package subscript(reference: ObjectReference) -> KubernetesObject? {
        byReference[reference].map { all[$0] }
    }

    package func configMap(_ name: String, in namespace: String?) -> ConfigMapObject? {
        self[ObjectReference(kind: "ConfigMap", namespace: namespace, name: name)]
            .flatMap(ConfigMapObject.init)
    }

    /// Objects that run pods, templates before the pods and ReplicaSets made from them.
    package var workloads: [Workload] {
        let kinds = ["StatefulSet", "Deployment", "DaemonSet", "Job", "CronJob"]
        let owned = ["ReplicaSet", "Pod", "Job"]
        return (kinds + ["ReplicaSet", "Pod"]).flatMap { kind in
            of(kind: kind).compactMap { object in
                if owned.contains(kind), object.controller != nil { return nil }
                return Workload(object)
            }
        }
    }
}
