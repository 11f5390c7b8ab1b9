/// Where a block collection stands among the lines of the outermost text.
struct BlockPlace {
    let source: SourceText
    /// The offset of the first key or dash.
    let first: Int
    /// The columns before it.
    let width: Int
    /// The line break that the text uses there.
    let lineBreak: String

    var indent: String { String(repeating: " ", count: width) }

    /// Nil when lines cannot simply be added to or taken from the collection.
    init?(_ node: Node) {
        let record = node.placed
        let isCollection = record.shape == .mapping || record.shape == .sequence
        guard isCollection, record.count > 0, !record.traits.contains(.flow),
            Self.standsInLines(node), let start = Self.firstByte(of: node)
        else { return nil }
        source = node.source
        first = node.tree.range(of: start..<start).bytes.lowerBound
        let mark = source.mark(at: first)
        let before = source.bytes[(first - min(first, mark.column - 1))..<first]
        // A complex key, behind "? ", is not a line that others could be put before.
        guard !before.contains(UInt8(ascii: "?")) else { return nil }
        width = mark.column - 1
        lineBreak = Self.lineBreak(of: source, near: first)
    }

    /// Whether a line of the collection is a line of the outermost text.
    static func standsInLines(_ node: Node) -> Bool {
        var origin = node.tree.origin
        while let current = origin {
            guard current.outer.style == .literal else { return false }
            origin = current.outer.tree.origin
        }
        return true
    }

    /// The first key or dash, behind an anchor or a tag of the collection, in the parsed text.
    private static func firstByte(of node: Node) -> Int? {
        let tree = node.tree
        guard node.placed.shape == .sequence else {
            return Int(tree.records[Int(node.index) + 1].start)
        }
        return tree.source.bytes.withUnsafeBufferPointer { bytes in
            let start = ScalarRetracing.contentStart(of: node.placed, in: bytes)
            return start < bytes.count && bytes[start] == UInt8(ascii: "-") ? start : nil
        }
    }

    private static func lineBreak(of source: SourceText, near offset: Int) -> String {
        let bytes = source.bytes
        let following = bytes[offset...].firstIndex(of: 0x0A)
        guard let feed = following ?? bytes[..<offset].lastIndex(of: 0x0A), feed > 0 else {
            return "\n"
        }
        return bytes[feed - 1] == 0x0D ? "\r\n" : "\n"
    }

    /// The lines behind the indentation; an empty line stays empty.
    func indented(_ lines: [String]) -> [String] {
        lines.map { $0.isEmpty ? $0 : indent + $0 }
    }

    /// The end of the last line of a collection, before its line break.
    func endOfLines(of collection: Node) -> Int {
        var end = source.endOfLine(collection.range.bytes.upperBound)
        guard endsWithBlankLines(collection) else { return end }
        while let next = source.nextLine(end), source.isBlank(next) { end = next.upperBound }
        return end
    }

    /// Whether the last scalar is a block that keeps blank lines at its end (`|+`).
    private func endsWithBlankLines(_ collection: Node) -> Bool {
        let tree = collection.tree
        let last = tree.records[Int(collection.placed.next) - 1]
        guard last.shape == .scalar, last.style == .literal || last.style == .folded else {
            return false
        }
        return tree.withText(of: last) { $0.suffix(2).elementsEqual([0x0A, 0x0A]) }
    }
}

extension SourceText {
    /// The end of the line that holds `offset`, before its line break.
    func endOfLine(_ offset: Int) -> Int {
        lineContent(mark(at: offset).line).upperBound
    }

    func startOfLine(_ offset: Int) -> Int {
        lineContent(mark(at: offset).line).lowerBound
    }

    /// The content of the line after the one that holds `offset`.
    func nextLine(_ offset: Int) -> Range<Int>? {
        let line = mark(at: offset).line
        return line < lineCount ? lineContent(line + 1) : nil
    }

    func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
