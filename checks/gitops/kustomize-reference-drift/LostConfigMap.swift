import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A volume that names a ConfigMap without the hash that kustomize's generator gave it, or with
/// the hash of other content.
struct LostConfigMap {
    let workload: Workload
    let volume: String
    let name: String
    let range: SourceRange
    let renamed: KubernetesObject

    /// Those of receivers and agents.
    static func all(in view: ClusterView) -> [LostConfigMap] {
        guard view.isComplete(kind: "ConfigMap") else { return [] }
        let workloads =
            view.pipeline.receivers.map(\.workload) + view.pipeline.agents.compactMap(\.workload)
        return workloads.flatMap { workload in
            (workload.podSpec?.volumes ?? []).compactMap { volume in
                guard !volume.isOptional, case .configMap(let name) = volume.source,
                    view.objects.configMap(name, in: workload.namespace) == nil,
                    let renamed = twin(of: name, in: workload.namespace, view)
                else { return nil }
                return LostConfigMap(
                    workload: workload, volume: volume.name, name: name,
                    range: (volume.node["configMap"]?["name"] ?? volume.node).range,
                    renamed: renamed)
            }
        }
    }

    private static func twin(
        of name: String, in namespace: String?, _ view: ClusterView
    ) -> KubernetesObject? {
        let stem = withoutHash(name) ?? name
        let twins = view.objects.of(kind: "ConfigMap").filter {
            $0.namespace == namespace && withoutHash($0.name) == stem
        }
        return twins.count == 1 ? twins[0] : nil
    }

    /// Ten characters behind a dash, in which kustomize writes a hash (`api/hasher`): hexadecimal
    /// digits with 0, 1, 3, a and e replaced by g, h, k, m and t.
    private static func withoutHash(_ name: String) -> String? {
        guard let dash = name.lastIndex(of: "-") else { return nil }
        let hash = name[name.index(after: dash)...]
        let digits = "2456789bcdfghkmt"
        return hash.count == 10 && hash.allSatisfy(digits.contains) ? String(name[..<dash]) : nil
    }
}
