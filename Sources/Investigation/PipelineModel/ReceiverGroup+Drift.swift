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
        return fields
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
