/// Which object is meant: kind, namespace (absent for cluster-scoped kinds) and name.
package struct ObjectReference: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let kind: String
    package let namespace: String?
    package let name: String

    package init(kind: String, namespace: String? = nil, name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// The form people write: `StatefulSet monitoring/thanos-receiver`.
    package var description: String {
        guard let namespace else { return "\(kind) \(name)" }
        return "\(kind) \(namespace)/\(name)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.kind, left.namespace ?? "", left.name) < (
            right.kind, right.namespace ?? "", right.name
        )
    }
}
