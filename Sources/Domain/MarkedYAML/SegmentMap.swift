/// Which bytes of a source a decoded text came from.
struct SegmentMap: Sendable {
    /// A stretch of decoded text and the stretch of source it came from.
    struct Segment: Sendable, Hashable {
        var decoded: Int
        var decodedCount: Int
        var source: Int
        var sourceCount: Int
        /// Whether the bytes correspond one to one, rather than as a whole like an escape.
        let isVerbatim: Bool
    }

    /// In the order of the decoded text, without gaps in it.
    let segments: [Segment]
    /// Where the source continues after the last segment.
    let end: Int

    /// The source offset of a decoded byte.
    func offset(of decoded: Int) -> Int {
        guard let segment = segment(holding: decoded) else { return end }
        guard segment.isVerbatim else { return segment.source }
        return segment.source + (decoded - segment.decoded)
    }

    /// The source range of decoded bytes; an empty one lies before the byte it is at.
    func range(of bytes: Range<Int>) -> Range<Int> {
        let start = offset(of: bytes.lowerBound)
        guard !bytes.isEmpty, let last = segment(holding: bytes.upperBound - 1) else {
            return start..<max(start, bytes.isEmpty ? start : end)
        }
        let whole = last.source + last.sourceCount
        let end = last.isVerbatim ? last.source + (bytes.upperBound - last.decoded) : whole
        return start..<max(start, end)
    }

    /// The last segment that begins at or before a decoded byte; nil after the text.
    private func segment(holding decoded: Int) -> Segment? {
        guard let last = segments.last, decoded < last.decoded + last.decodedCount else {
            return nil
        }
        var low = 0
        var high = segments.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].decoded <= decoded { low = middle } else { high = middle }
        }
        return segments[low]
    }
}
