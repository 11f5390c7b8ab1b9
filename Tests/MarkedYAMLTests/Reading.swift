import Testing

@testable import MarkedYAML

/// The root of a text that holds exactly one document and no error.
func root(_ text: String, name: String = "test.yaml") throws -> Node {
    let stream = YAMLReader.stream(SourceText(name: name, text: text))
    #expect(stream.errors == [])
    return try #require(stream.documents.first)
}

/// What stands in the source at a range.
func text(at range: SourceRange?) -> String? { range?.text }

/// A range as `line:column-line:column`.
func place(_ range: SourceRange) -> String {
    "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
}

/// The nodes below and including one, in order.
func subtree(_ node: Node) -> [Node] {
    switch node.kind {
    case .scalar: [node]
    case .sequence: [node] + node.items.flatMap(subtree)
    case .mapping: [node] + node.entries.flatMap { subtree($0.key) + subtree($0.value) }
    }
}
