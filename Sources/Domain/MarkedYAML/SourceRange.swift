/// A place in a text as people and editors count it.
package struct Mark: Sendable, Hashable, Comparable {
    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in Unicode scalars.
    package let column: Int
    /// Counted from 0, in bytes.
    package let offset: Int

    package init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }

    package static func < (left: Mark, right: Mark) -> Bool { left.offset < right.offset }
}

/// A stretch of a text; the end is exclusive.
///
/// Only byte offsets are stored, so a range costs two words and lines are counted when asked for.
package struct SourceRange: Sendable {
    package let source: SourceText
    private let startOffset: UInt32
    private let endOffset: UInt32

    package init(source: SourceText, start: Mark, end: Mark) {
        self.init(source: source, bytes: start.offset..<max(start.offset, end.offset))
    }

    package init(source: SourceText, bytes: Range<Int>) {
        self.source = source
        startOffset = UInt32(clamping: bytes.lowerBound)
        endOffset = UInt32(clamping: bytes.upperBound)
    }

    package var start: Mark { source.mark(at: Int(startOffset)) }
    package var end: Mark { source.mark(at: Int(endOffset)) }
    package var bytes: Range<Int> { Int(startOffset)..<Int(endOffset) }

    /// The text of the range, with invalid UTF-8 repaired.
    package var text: String {
        String(decoding: source.bytes[bytes.clamped(to: 0..<source.bytes.count)], as: UTF8.self)
    }
}

extension SourceRange: Hashable {
    /// Two texts with equal bytes are still two texts, so the source counts by identity.
    package static func == (left: SourceRange, right: SourceRange) -> Bool {
        left.source === right.source && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(source))
        hasher.combine(startOffset)
        hasher.combine(endOffset)
    }
}

/// A value and the place it was read from; the place takes no part in equality.
package struct Marked<Value> {
    package let value: Value
    package let range: SourceRange

    package init(_ value: Value, at range: SourceRange) {
        self.value = value
        self.range = range
    }
}

extension Marked: Sendable where Value: Sendable {}

extension Marked: Equatable where Value: Equatable {
    package static func == (left: Marked, right: Marked) -> Bool { left.value == right.value }
}

extension Marked: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
