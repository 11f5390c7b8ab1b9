import MarkedYAML

/// An ArgoCD Application with its sync state.
package struct ArgoApplication: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Application", object.apiGroup == "argoproj.io" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    package var syncStatus: String? { object.status?["sync"]?["status"]?.string }
    package var healthStatus: String? { object.status?["health"]?["status"]?.string }
    package var isAutomated: Bool { object.spec?["syncPolicy"]?["automated"] != nil }
    package var destinationNamespace: String? {
        object.spec?["destination"]?["namespace"]?.string
    }

    /// Whether it deploys into the cluster that it was read from.
    package var deploysHere: Bool {
        let destination = object.spec?["destination"]
        return destination?["name"]?.string == "in-cluster"
            || destination?["server"]?.string == "https://kubernetes.default.svc"
    }

    /// The managed objects that differ from Git.
    package var outOfSync: [ObjectReference] {
        object.status?["resources"].items.compactMap { resource in
            guard resource["status"]?.string == "OutOfSync",
                let kind = resource["kind"]?.string, let name = resource["name"]?.string
            else { return nil }
            return ObjectReference(
                kind: kind, namespace: resource["namespace"]?.string, name: name)
        } ?? []
    }
}
