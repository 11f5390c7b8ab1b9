/// A version of an API that Kubernetes no longer serves.
///
/// The table is that of the Kubernetes documentation, "Deprecated API Migration Guide".
package struct RemovedAPI: Sendable {
    package let groupVersion: String
    /// Nil stands for every kind of the version.
    package let kinds: Set<String>?
    /// The Kubernetes release without it.
    package let removedIn: String
    package let replacement: String
    /// Whether the fields are the same under the replacement.
    package let isRenameOnly: Bool

    private init(
        _ groupVersion: String, _ kinds: Set<String>? = nil, removedIn: String,
        replacement: String, isRenameOnly: Bool = true
    ) {
        self.groupVersion = groupVersion
        self.kinds = kinds
        self.removedIn = removedIn
        self.replacement = replacement
        self.isRenameOnly = isRenameOnly
    }

    package static func entry(for object: KubernetesObject) -> RemovedAPI? {
        table.first { entry in
            entry.groupVersion == object.apiVersion
                && entry.kinds.map { $0.contains(object.kind) } ?? true
        }
    }

    private static let table = [
        RemovedAPI(
            "extensions/v1beta1", ["Deployment", "DaemonSet", "ReplicaSet"], removedIn: "1.16",
            replacement: "apps/v1", isRenameOnly: false),
        RemovedAPI(
            "extensions/v1beta1", ["NetworkPolicy"], removedIn: "1.16",
            replacement: "networking.k8s.io/v1"),
        RemovedAPI(
            "extensions/v1beta1", ["Ingress"], removedIn: "1.22",
            replacement: "networking.k8s.io/v1", isRenameOnly: false),
        RemovedAPI(
            "apps/v1beta1", removedIn: "1.16", replacement: "apps/v1", isRenameOnly: false),
        RemovedAPI(
            "apps/v1beta2", removedIn: "1.16", replacement: "apps/v1", isRenameOnly: false),
        RemovedAPI(
            "networking.k8s.io/v1beta1", ["Ingress", "IngressClass"], removedIn: "1.22",
            replacement: "networking.k8s.io/v1", isRenameOnly: false),
        RemovedAPI(
            "rbac.authorization.k8s.io/v1beta1", removedIn: "1.22",
            replacement: "rbac.authorization.k8s.io/v1"),
        RemovedAPI(
            "apiextensions.k8s.io/v1beta1", removedIn: "1.22",
            replacement: "apiextensions.k8s.io/v1", isRenameOnly: false),
        RemovedAPI(
            "scheduling.k8s.io/v1beta1", removedIn: "1.22", replacement: "scheduling.k8s.io/v1"),
        RemovedAPI(
            "coordination.k8s.io/v1beta1", removedIn: "1.22",
            replacement: "coordination.k8s.io/v1"),
        RemovedAPI(
            "storage.k8s.io/v1beta1", ["StorageClass", "CSIDriver", "CSINode"], removedIn: "1.22",
            replacement: "storage.k8s.io/v1"),
        RemovedAPI("batch/v1beta1", ["CronJob"], removedIn: "1.25", replacement: "batch/v1"),
        RemovedAPI(
            "discovery.k8s.io/v1beta1", removedIn: "1.25", replacement: "discovery.k8s.io/v1",
            isRenameOnly: false),
        RemovedAPI(
            "policy/v1beta1", ["PodDisruptionBudget"], removedIn: "1.25",
            replacement: "policy/v1"),
        RemovedAPI(
            "policy/v1beta1", ["PodSecurityPolicy"], removedIn: "1.25",
            replacement: "Pod Security admission", isRenameOnly: false),
        RemovedAPI(
            "autoscaling/v2beta1", removedIn: "1.25", replacement: "autoscaling/v2",
            isRenameOnly: false),
        RemovedAPI("autoscaling/v2beta2", removedIn: "1.26", replacement: "autoscaling/v2"),
        RemovedAPI(
            "flowcontrol.apiserver.k8s.io/v1beta2", removedIn: "1.29",
            replacement: "flowcontrol.apiserver.k8s.io/v1", isRenameOnly: false),
        RemovedAPI(
            "flowcontrol.apiserver.k8s.io/v1beta3", removedIn: "1.32",
            replacement: "flowcontrol.apiserver.k8s.io/v1", isRenameOnly: false),
    ]
}
