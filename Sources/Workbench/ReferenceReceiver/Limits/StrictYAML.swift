import MarkedYAML

/// Reads a mapping as Go's `yaml.UnmarshalStrict` reads a struct, collecting what does not fit.
///
/// Everything wrong is told at once, in the order of the text (`yaml.TypeError`).
struct StrictYAML {
    private(set) var problems: [(line: Int, text: String)] = []

    /// The text of Go's error; nil when everything fitted.
    var failure: String? {
        guard !problems.isEmpty else { return nil }
        let lines = problems.map { "  line \($0.line): \($0.text)" }
        return (["yaml: unmarshal errors:"] + lines).joined(separator: "\n")
    }

    /// The values of a struct's fields; an empty dictionary for null and for what is no mapping.
    mutating func fields(
        _ node: Node?, _ known: Set<String>, of type: String
    ) -> [String: Node] {
        var fields: [String: Node] = [:]
        for (key, value) in entries(node, as: type) {
            let name = key.scalarText ?? ""
            if known.contains(name) {
                fields[name] = value
            } else {
                report(key, "field \(name) not found in type \(type)")
            }
        }
        return fields
    }

    /// The entries of a mapping; none for null and for what is no mapping.
    mutating func entries(_ node: Node?, as type: String) -> [(key: Node, value: Node)] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .mapping else {
            report(node, "cannot unmarshal \(Self.described(node)) into \(type)")
            return []
        }
        return node.entries
    }

    /// An integer; nil where there is none.
    mutating func integer(_ node: Node?, as type: String, from lowest: Int = Int.min) -> Int? {
        guard let node, !node.isNull else { return nil }
        // Go takes 2.0 for a whole number as well.
        let whole = node.int ?? node.double.flatMap { Int(exactly: $0) }
        guard node.kind == .scalar, let whole, whole >= lowest else {
            report(node, "cannot unmarshal \(Self.described(node)) into \(type)")
            return nil
        }
        return whole
    }

    mutating func text(_ node: Node?) -> String? {
        guard let node, !node.isNull else { return nil }
        guard node.kind == .scalar else {
            report(node, "cannot unmarshal \(Self.described(node)) into string")
            return nil
        }
        return node.scalarText
    }

    private mutating func report(_ node: Node, _ text: String) {
        problems.append((node.range.start.line, text))
    }

    /// Tag and first characters of a value (`decoder.terror` in go-yaml).
    private static func described(_ node: Node) -> String {
        guard node.kind == .scalar, let text = node.scalarText else {
            return node.kind == .mapping ? "!!map" : "!!seq"
        }
        let shown = text.count > 10 ? text.prefix(7) + "..." : text[...]
        let tag =
            switch (node.bool, node.int, node.double) {
            case (_?, _, _): "!!bool"
            case (_, _?, _): "!!int"
            case (_, _, _?): "!!float"
            case (nil, nil, nil): "!!str"
            }
        return "\(tag) `\(shown)`"
    }
}
