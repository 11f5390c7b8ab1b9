import MarkedYAML

/// The types of JSON under the names that Go's decoder gives them in its errors.
enum JSONType: String {
    case object, array, string, number, bool, null
}

extension Node {
    var jsonType: JSONType {
        switch kind {
        case .mapping: .object
        case .sequence: .array
        case .scalar: scalarJSONType
        }
    }

    private var scalarJSONType: JSONType {
        guard style == .plain else { return .string }
        if hasText("null") { return .null }
        return hasText("true") || hasText("false") ? .bool : .number
    }
}

/// The fields of an object as Go finds them, without regard to case.
struct GoFields {
    private let entries: [(key: String, value: Node)]

    init(_ node: Node) {
        entries = node.entries.compactMap { key, value in
            key.scalarText.map { ($0, value) }
        }
    }

    /// The value that Go would leave in the field: the last one of that name.
    subscript(name: String) -> Node? {
        entries.last { $0.key == name || $0.key.lowercased() == name }?.value
    }
}
