package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

extension HashringSource {
    /// Where the text was found, when it was.
    package var origin: Origin? {
        switch self {
        case .configured(_, let origin), .invalid(_, let origin): origin
        case .notConfigured, .unresolved: nil
        }
    }
}

extension Objects {
    /// The key of a ConfigMap that holds hashrings, with its text; nil for those in a flag.
    package func hashringText(
        _ origin: HashringSource.Origin
    ) -> (map: ConfigMapObject, key: String, text: Node)? {
        guard case .configMap(let reference, let key) = origin,
            let map = configMap(reference.name, in: reference.namespace),
            let text = map.value(key)
        else { return nil }
        return (map, key, text)
    }
}

extension ReceiverGroup {
    /// The mount through which the hashring file is read.
    package var hashringMount: VolumeMount? {
        guard let path = flags.hashringsFile else { return nil }
        return container.mounts.filter { $0.contains(path) }
            .max { $0.path.value.count < $1.path.value.count }
    }

    /// What makes that mount a copy that no running pod sees change.
    package var hashringSubPath: Node? {
        hashringMount?.node["subPath"] ?? hashringMount?.node["subPathExpr"]
    }
}

extension [ReceiverGroup] {
    /// Those that read one hashring configuration together, whatever became of it, in the order of
    /// the first of each.
    package var byHashring: [[ReceiverGroup]] {
        var order: [String] = []
        var groups: [String: [ReceiverGroup]] = [:]
        for group in self {
            guard let origin = group.hashring.origin else { continue }
            let key =
                switch origin {
                case .configMap(let map, key: let key): "\(map) \(key)"
                case .flag: "\(group.reference)"
                }
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(group)
        }
        return order.compactMap { groups[$0] }
    }
}
