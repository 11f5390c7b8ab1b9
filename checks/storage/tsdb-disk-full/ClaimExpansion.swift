import Evidence
import KubernetesModel
import MarkedYAML

/// More room for the claims of volumes that are full.
struct ClaimExpansion {
    let command: String?
    let advice: String

    /// - Parameter classes: the StorageClasses, nil where they could not be listed.
    init(
        of volumes: [ObjectReference], _ claims: [KubernetesObject], _ classes: [KubernetesObject]?,
        _ view: ClusterView
    ) {
        let objects = volumes.compactMap { volume in claims.first { $0.reference == volume } }
        let fixed = objects.lazy.compactMap(\.storageClassName).first { name in
            classes?.contains { $0.name == name && !$0.allowsExpansion } ?? false
        }
        if let fixed {
            command = nil
            advice = "make a new, larger claim, for the StorageClass \(fixed) does not expand them"
        } else {
            let sizes = objects.flatMap { [$0.requestedStorage, storageSize($0.node)?.value] }
            command = sizes.compactMap(\.self).max().flatMap { largest in
                Self.patch(volumes, toHold: largest * 2, view)
            }
            advice = "expand the claim"
        }
    }

    /// - Parameter size: bytes; no command is printed for sizes that no volume has.
    private static func patch(
        _ volumes: [ObjectReference], toHold size: Double, _ view: ClusterView
    ) -> String? {
        guard (2_147_483_648..<1e17).contains(size) else { return nil }
        let wanted = Int((size / 1_073_741_824).rounded(.up))
        return view.kubectl(
            "patch pvc \(volumes.map(\.name).joined(separator: " ")) -p "
                + "'{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"\(wanted)Gi\"}}}}'",
            namespace: volumes.first?.namespace)
    }
}

extension KubernetesObject {
    fileprivate var storageClassName: String? { spec?["storageClassName"]?.string }
    fileprivate var allowsExpansion: Bool { node["allowVolumeExpansion"]?.bool ?? false }

    /// Bytes; more than the claim holds while an expansion is under way.
    fileprivate var requestedStorage: Double? {
        spec?["resources"]?["requests"]?["storage"]?.string.flatMap(Quantity.init)?.value
    }
}
