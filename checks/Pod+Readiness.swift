import KubernetesModel
import MarkedYAML

extension Pod {
    /// The condition "Ready", with the kubelet's reason and message where it is not so.
    var readiness: Node? {
        object.status?["conditions"].items.first { $0["type"]?.string == "Ready" }
    }
}

extension ContainerStatus {
    /// Whether it waits for something else than its first start: an image, a configuration, the
    /// end of a back-off.
    var isHeldBack: Bool {
        waitingReason.map { !["ContainerCreating", "PodInitializing"].contains($0) } ?? false
    }
}
