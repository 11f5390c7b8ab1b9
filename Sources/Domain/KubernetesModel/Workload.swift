package import MarkedYAML

/// An object that runs pods: StatefulSet, Deployment, DaemonSet, ReplicaSet, Job, CronJob or a
/// Pod of its own.
package struct Workload: Sendable {
    package let object: KubernetesObject
    /// The pod template, or the object itself for a bare Pod.
    package let template: Node

    package init?(_ object: KubernetesObject) {
        switch object.kind {
        case "StatefulSet", "Deployment", "DaemonSet", "ReplicaSet", "Job":
            guard let template = object.spec?["template"] else { return nil }
            self.template = template
        case "CronJob":
            guard let template = object.spec?["jobTemplate"]?["spec"]?["template"] else {
                return nil
            }
            self.template = template
        case "Pod":
            template = object.node
        case _:
            return nil
        }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    package var namespace: String? { object.namespace }
    package var podLabels: [String: String] { template["metadata"]?["labels"].stringMap ?? [:] }
    package var podSpec: PodSpec? { template["spec"].map(PodSpec.init) }
    /// `spec.replicas`; Kubernetes' default is 1.
    package var replicas: Int { object.spec?["replicas"]?.int ?? 1 }
    package var updateRevision: String? { object.status?["updateRevision"]?.string }

    /// The claim templates of a StatefulSet, by name.
    package var claimTemplates: [String] {
        object.spec?["volumeClaimTemplates"].items.compactMap { $0["metadata"]?["name"]?.string }
            ?? []
    }

    /// Whether the volume of that name outlives the pod.
    package func isPersistent(volume name: String) -> Bool {
        if claimTemplates.contains(name) { return true }
        guard case .claim? = podSpec?.volume(named: name)?.source else { return false }
        return true
    }
}

extension Workload {
    /// Whether it runs nothing and is not about to: scaled to zero, suspended, or a Job that is
    /// over.
    package var isAtRest: Bool {
        object.spec?["replicas"]?.int == 0 || object.spec?["suspend"]?.bool == true
            || object.status?["completionTime"] != nil
    }
}
