/// A text that was read, and the name under which the user knows it.
///
/// A class because a place in a text is only meaningful together with the identity of that text.
package final class SourceText: Sendable {
    /// The path as typed, `<stdin>`, or an API path.
    package let name: String
    package let bytes: [UInt8]
    private let lazyLines = LazyLineTable()

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The number of lines; a line break at the very end does not begin another one.
    package var lineCount: Int {
        let starts = lines.starts
        guard let last = starts.last, starts.count > 1, Int(last) == bytes.count else {
            return starts.count
        }
        return starts.count - 1
    }

    /// Line `number`, counted from 1, without its line break and with invalid UTF-8 repaired.
    package func line(_ number: Int) -> String? {
        guard number >= 1, number <= lineCount else { return nil }
        return String(decoding: bytes[lineContent(number)], as: UTF8.self)
    }

    /// The place of byte `offset`, which is clamped into the text.
    package func mark(at offset: Int) -> Mark {
        let offset = min(max(offset, 0), bytes.count)
        let table = lines
        let index = table.index(ofLineHolding: offset)
        let start = Int(table.starts[index])
        let column = table.scalars(from: start, to: offset, in: bytes) + 1
        return Mark(line: index + 1, column: column, offset: offset)
    }

    /// The bytes of line `number` without the line break.
    func lineContent(_ number: Int) -> Range<Int> {
        let starts = lines.starts
        let start = Int(starts[number - 1])
        var end = number < starts.count ? Int(starts[number]) : bytes.count
        guard number < starts.count else { return start..<end }
        if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    private var lines: LineTable { lazyLines.table(for: bytes) }
}
