import KubernetesModel
import MarkedYAML

extension ServiceObject {
    /// Whether neither the Service nor what a cloud makes of it keeps strangers out.
    var isOpenToAll: Bool {
        let ranges = object.spec?["loadBalancerSourceRanges"].items.compactMap(\.string) ?? []
        let isInternal = object.annotations.contains { key, value in
            (key.contains("internal") && value != "false") || value.lowercased() == "internal"
                || key.contains("source-ranges")
        }
        return (ranges.isEmpty || !Set(ranges).isDisjoint(with: ["0.0.0.0/0", "::/0"]))
            && !isInternal
    }
}
