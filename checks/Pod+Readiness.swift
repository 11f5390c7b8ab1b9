import KubernetesModel
import MarkedYAML

extension Pod {
    /// The condition "Ready", with the kubelet's reason and message where it is not so.
    var readiness: Node? {
        object.status?["conditions"].items.first { $0["type"]?.string == "Ready" }
    }
}
