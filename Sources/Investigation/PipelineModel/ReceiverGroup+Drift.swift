import Hashrings
import KubernetesModel
import MarkedYAML

extension ReceiverGroup {
    /// The fields in which two receivers of one name differ, of those that nobody but their author
    /// sets: neither Kubernetes' defaults nor what controllers add is among them.
    package func fieldsThatDiffer(from other: ReceiverGroup) -> [String] {
        var fields: [String] = []
        if container.image?.text != other.container.image?.text { fields.append("image") }
        if container.command != other.container.command
            || container.arguments != other.container.arguments
        {
            fields.append("args")
        }
        if rights != other.rights { fields.append("securityContext") }
        if container.environment != other.container.environment { fields.append("env") }
        if resources != other.resources { fields.append("resources") }
        if let own = ring, let others = other.ring, own.origin == others.origin,
            own.endpoints != others.endpoints
        {
            fields.append("hashring")
        }
        return fields
    }

    /// Requests and limits as amounts, as Kubernetes writes 1000m as 1.
    ///
    /// A request that is not stated is the limit.
    private var resources: [String: Double] {
        var amounts: [String: Double] = [:]
        for field in ["limits", "requests"] {
            for entry in container.node["resources"]?[field]?.entries ?? [] {
                guard let name = entry.key.string, let text = entry.value.scalarText,
                    let amount = Quantity(text)
                else { continue }
                if field == "limits" { amounts["requests \(name)"] = amount.value }
                amounts["\(field) \(name)"] = amount.value
            }
        }
        return amounts
    }

    /// Who is in the rings of a ConfigMap; what a controller makes has a name of its own.
    private var ring: (origin: ObjectReference, endpoints: [[String]])? {
        guard case .configured(let rings, from: .configMap(let map, key: _)) = hashring else {
            return nil
        }
        return (
            map, rings.rings.map { $0.tenants.map(\.value) + $0.endpoints.map(\.address.value) }
        )
    }

    private var rights: [Set<String>] {
        [Self.leaves(podSecurityContext), Self.leaves(container.securityContext)]
    }

    /// The scalars of a tree with their paths, so that order and style take no part.
    private static func leaves(_ node: Node?, path: String = "") -> Set<String> {
        guard let node else { return [] }
        switch node.kind {
        case .scalar:
            return ["\(path)=\(node.scalarText ?? "")"]
        case .sequence:
            return node.items.reduce(into: []) { $0.formUnion(leaves($1, path: path + "[]")) }
        case .mapping:
            return node.entries.reduce(into: []) { found, entry in
                found.formUnion(leaves(entry.value, path: "\(path).\(entry.key.string ?? "")"))
            }
        }
    }
}
