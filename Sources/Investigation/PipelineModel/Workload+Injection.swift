package import KubernetesModel
import MarkedYAML

extension Workload {
    /// Whether something adds volumes or files to the pods behind the manifest's back.
    package var isInjected: Bool {
        let annotations = template["metadata"]?["annotations"].stringMap ?? [:]
        return annotations.keys.contains { $0.contains("inject") || $0.contains("vault") }
    }
}
