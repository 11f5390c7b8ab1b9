/// A replacement of one stretch of a text.
package struct TextEdit: Sendable, Hashable {
    package let range: SourceRange
    package let replacement: String

    package init(range: SourceRange, replacement: String) {
        self.range = range
        self.replacement = replacement
    }

    /// Writes `text` where a node stands, escaped as the scalars around it ask for.
    package static func replacing(_ node: Node, with text: String) -> TextEdit {
        TextEdit(range: node.range, replacement: node.encodedForSource(text))
    }

    /// Adds lines before the first key of a block mapping, indented as its keys are.
    ///
    /// Nil for flow style, for aliases, and inside scalars other than literal blocks.
    package static func inserting(_ lines: [String], atTopOf mapping: Node) -> TextEdit? {
        guard mapping.kind == .mapping, let block = BlockPlace(mapping) else { return nil }
        guard !lines.isEmpty else { return nil }
        // The first line lands behind the indentation that is there already.
        let text = (lines.prefix(1) + block.indented(Array(lines.dropFirst())) + [block.indent])
            .joined(separator: block.lineBreak)
        return TextEdit(
            range: SourceRange(source: block.source, bytes: block.first..<block.first),
            replacement: text)
    }

    /// Adds lines after a block mapping or sequence, indented as its keys or dashes are.
    ///
    /// Nil for flow style, for aliases, and inside scalars other than literal blocks.
    package static func inserting(_ lines: [String], atEndOf collection: Node) -> TextEdit? {
        guard !lines.isEmpty, let block = BlockPlace(collection) else { return nil }
        let end = block.endOfLines(of: collection)
        return TextEdit(
            range: SourceRange(source: block.source, bytes: end..<end),
            replacement: block.indented(lines).map { block.lineBreak + $0 }.joined())
    }
}

extension Node {
    /// A text as it must be written where this node stands, so that it is read as `text` there.
    func encodedForSource(_ text: String) -> String {
        var text = text
        var offset = Int(placed.start)
        var origin = tree.origin
        while let current = origin {
            text = current.encoded(text, at: offset)
            offset = current.map.offset(of: offset)
            origin = current.outer.tree.origin
        }
        return text
    }
}

extension Origin {
    /// A text as the scalar around it writes it; `offset` is where, in the embedded text.
    func encoded(_ text: String, at offset: Int) -> String {
        switch outer.style {
        case .singleQuoted:
            return text.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''")
        case .doubleQuoted:
            return String(JSONValue.string(text).compact.dropFirst().dropLast())
        case .literal:
            let margin = String(repeating: " ", count: margin(at: offset))
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n" + margin)
        case .plain, .folded:
            return text
        }
    }

    /// The indentation of a literal block, seen where the line that holds `offset` begins.
    private func margin(at offset: Int) -> Int {
        let text = outer.withUTF8 { Array($0) } ?? []
        let lineStart = text[..<min(offset, text.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let place = map.offset(of: lineStart)
        let source = outer.tree.source.bytes
        let outerStart = source[..<min(place, source.count)].lastIndex { $0 == 0x0A || $0 == 0x0D }
        return place - (outerStart.map { $0 + 1 } ?? 0)
    }
}
