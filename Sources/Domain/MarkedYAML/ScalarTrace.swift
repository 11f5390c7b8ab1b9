/// A walk over the source of a scalar that notes what each stretch decodes to.
struct ScalarTrace {
    typealias Segment = SegmentMap.Segment

    let source: UnsafeBufferPointer<UInt8>
    /// What libyaml or the JSON reader decoded, to check the steps against.
    let expected: UnsafeBufferPointer<UInt8>
    var index = 0
    private var decoded: [UInt8] = []
    private var segments: [Segment] = []

    init(_ source: UnsafeBufferPointer<UInt8>, of expected: UnsafeBufferPointer<UInt8>) {
        self.source = source
        self.expected = expected
    }

    /// The map, if the steps led to the same text.
    var map: SegmentMap? {
        guard decoded.elementsEqual(expected) else { return nil }
        let end = segments.last.map { $0.source + $0.sourceCount } ?? index
        return SegmentMap(segments: segments, end: end)
    }

    /// Nothing is followed beyond the text that is expected.
    var isComplete: Bool { decoded.count >= expected.count }

    /// Notes that some bytes stand for themselves.
    mutating func copy(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let count = range.count
        if let last = segments.last, last.isVerbatim,
            last.source + last.sourceCount == range.lowerBound
        {
            segments[segments.count - 1].decodedCount += count
            segments[segments.count - 1].sourceCount += count
        } else {
            segments.append(
                Segment(
                    decoded: decoded.count, decodedCount: count, source: range.lowerBound,
                    sourceCount: count, isVerbatim: true))
        }
        decoded.append(contentsOf: source[range])
    }

    /// Notes that some bytes stand, as a whole, for others.
    mutating func emit(_ text: some Collection<UInt8>, for range: Range<Int>) {
        segments.append(
            Segment(
                decoded: decoded.count, decodedCount: text.count, source: range.lowerBound,
                sourceCount: range.count, isVerbatim: false))
        decoded.append(contentsOf: text)
    }

    /// Notes a line break that is kept.
    mutating func emitBreak(_ range: Range<Int>) {
        if range.count == 3 || source[range.lowerBound] == 0x0A {
            copy(range)
        } else {
            emit([0x0A], for: range)
        }
    }

    var isAtBlank: Bool {
        index < source.count && (source[index] == 0x20 || source[index] == 0x09)
    }

    /// Takes the line break at the index, if there is one.
    mutating func takeBreak() -> Range<Int>? {
        let length = LineBreak.length(at: index, in: source)
        guard length > 0 else { return nil }
        defer { index += length }
        return index..<(index + length)
    }
}

extension ScalarTrace {
    mutating func followPlain(to end: Int) {
        while index < end { followFlow(to: end) }
    }

    mutating func followSingleQuoted(to end: Int) {
        index += 1
        while index < end {
            if source[index] == UInt8(ascii: "'") {
                emit([UInt8(ascii: "'")], for: index..<(index + 2))
                index += 2
            } else {
                followFlow(to: end)
            }
        }
    }

    mutating func followDoubleQuoted(to end: Int) {
        index += 1
        while index < end {
            guard source[index] == UInt8(ascii: "\\") else {
                followFlow(to: end)
                continue
            }
            if LineBreak.length(at: index + 1, in: source) > 0 {
                index += 1
                _ = takeBreak()
                takeFurtherBreaks(to: end).forEach { emitBreak($0) }
            } else {
                followEscape()
            }
        }
    }

    /// Follows one character, a run of blanks, or line breaks with the blanks around them.
    private mutating func followFlow(to end: Int) {
        let start = index
        while index < end, isAtBlank { index += 1 }
        guard index < end, let lineBreak = takeBreak() else {
            if index == start { index += 1 }
            copy(start..<index)
            return
        }
        let further = takeFurtherBreaks(to: end)
        if lineBreak.count == 3 {
            emitBreak(lineBreak)
        } else if further.isEmpty {
            emit([0x20], for: lineBreak)
        }
        further.forEach { emitBreak($0) }
    }

    /// Takes blanks and line breaks, and returns the breaks.
    private mutating func takeFurtherBreaks(to end: Int) -> [Range<Int>] {
        var breaks: [Range<Int>] = []
        while index < end {
            if isAtBlank {
                index += 1
            } else if let lineBreak = takeBreak() {
                breaks.append(lineBreak)
            } else {
                break
            }
        }
        return breaks
    }

    private mutating func followEscape() {
        guard let escape = ScalarEscape(source, at: index) else {
            copy(index..<(index + 1))
            index += 1
            return
        }
        emit(escape.text, for: index..<(index + escape.length))
        index += escape.length
    }
}
