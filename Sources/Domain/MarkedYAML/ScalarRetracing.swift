/// Decodes a scalar a second time to learn where each byte of its text came from.
///
/// Most scalars are never asked, so libyaml decodes and this follows in its steps (scanner.c,
/// `yaml_parser_scan_block_scalar` and the two flow ones) only on demand.
enum ScalarRetracing {
    static func map(of record: NodeRecord, in tree: MarkedTree) -> SegmentMap {
        tree.source.bytes.withUnsafeBufferPointer { source in
            tree.withText(of: record) { text in
                var trace = ScalarTrace(source, of: text)
                trace.index = contentStart(of: record, in: source)
                switch record.style {
                case .plain: trace.followPlain(to: Int(record.end))
                case .singleQuoted: trace.followSingleQuoted(to: Int(record.end) - 1)
                case .doubleQuoted: trace.followDoubleQuoted(to: Int(record.end) - 1)
                case .literal: trace.followBlock(isLiteral: true)
                case .folded: trace.followBlock(isLiteral: false)
                }
                return trace.map ?? whole(of: record)
            }
        }
    }

    /// When the steps were lost, every byte counts as being where the scalar is.
    private static func whole(of record: NodeRecord) -> SegmentMap {
        let start = Int(record.start)
        let end = Int(record.end)
        let segment = SegmentMap.Segment(
            decoded: 0, decodedCount: Int(record.count), source: start, sourceCount: end - start,
            isVerbatim: false)
        return SegmentMap(segments: [segment], end: end)
    }

    /// Where the scalar begins behind its anchor and its tag.
    static func contentStart(
        of record: NodeRecord, in source: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let start = Int(record.start)
        guard !record.traits.isDisjoint(with: [.tagged, .anchored]) else { return start }
        var index = start
        while index < source.count {
            switch source[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case UInt8(ascii: "#"): index = LineBreak.next(from: index, in: source)
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                while index < source.count, source[index] > 0x20 { index += 1 }
            default: return index
            }
        }
        return index
    }
}

/// The line breaks of libyaml: LF, CR, CRLF and NEL read as LF, LS and PS stay what they are.
enum LineBreak {
    /// The bytes of the break at `index`, or 0.
    static func length(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard index < bytes.count else { return 0 }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE2: return isSeparator(at: index, in: bytes) ? 3 : 0
        default: return 0
        }
    }

    /// Whether U+2028 or U+2029 stands at `index`.
    static func isSeparator(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index + 2 < bytes.count, bytes[index] == 0xE2 else { return false }
        return bytes[index + 1] == 0x80 && bytes[index + 2] | 1 == 0xA9
    }

    /// The first break at or after `index`, or the end.
    static func next(from index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = index
        while index < bytes.count, length(at: index, in: bytes) == 0 { index += 1 }
        return index
    }
}
