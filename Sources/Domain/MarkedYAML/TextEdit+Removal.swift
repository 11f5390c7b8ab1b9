extension TextEdit {
    /// Takes a key and its value out of the mapping they are written in.
    ///
    /// Nil when the key is not written there, when an anchor would go with it, or when the mapping
    /// is an alias or stands in a scalar that is not a literal block.
    package static func removing(key: String, from mapping: Node) -> TextEdit? {
        guard mapping.placed.shape == .mapping else { return nil }
        let children = Array(mapping.children)
        let keys = children.indices.dropLast().filter { $0.isMultiple(of: 2) }
        var name = key
        guard
            let place = name.withUTF8({ name in
                keys.last { mapping.tree.hasText(children[$0], name) }
            })
        else { return nil }
        let nodes = children.map { Node(tree: mapping.tree, index: $0) }
        guard !nodes[place].holdsAnchor, !nodes[place + 1].holdsAnchor else { return nil }
        if mapping.isFlow { return removingFlowPair(place, of: nodes, from: mapping) }
        return removingLines(place, of: nodes, from: mapping)
    }

    private static func removingFlowPair(
        _ place: Int, of nodes: [Node], from mapping: Node
    ) -> TextEdit? {
        func end(_ index: Int) -> Int { nodes[index].range.bytes.upperBound }
        func start(_ index: Int) -> Int { nodes[index].range.bytes.lowerBound }
        let bytes: Range<Int>
        if place + 2 < nodes.count {
            bytes = start(place)..<start(place + 2)
        } else if place > 0 {
            bytes = end(place - 1)..<end(place + 1)
        } else {
            bytes = start(place)..<end(place + 1)
        }
        return TextEdit(range: SourceRange(source: mapping.source, bytes: bytes), replacement: "")
    }

    private static func removingLines(
        _ place: Int, of nodes: [Node], from mapping: Node
    ) -> TextEdit? {
        guard let block = BlockPlace(mapping) else { return nil }
        let source = block.source
        if nodes.count == 2 {
            let end = max(block.first, mapping.range.bytes.upperBound)
            let whole = SourceRange(source: source, bytes: block.first..<end)
            return TextEdit(range: whole, replacement: "{}")
        }
        let start = nodes[place].range.bytes.lowerBound
        let lineStart = source.startOfLine(start)
        if source.isBlank(lineStart..<start) {
            let lastLine = source.mark(at: nodes[place + 1].range.bytes.upperBound).line
            let end =
                lastLine < source.lineCount
                ? source.lineContent(lastLine + 1).lowerBound : source.bytes.count
            let range = SourceRange(source: source, bytes: lineStart..<end)
            return TextEdit(range: range, replacement: "")
        }
        guard place + 2 < nodes.count else { return nil }
        let next = nodes[place + 2].range.bytes.lowerBound
        return TextEdit(range: SourceRange(source: source, bytes: start..<next), replacement: "")
    }
}

extension Node {
    /// Whether this or anything below can be named by an alias.
    var holdsAnchor: Bool {
        let end = Int(placed.next)
        return tree.records[Int(index)..<end].contains { $0.traits.contains(.anchored) }
    }
}
