import CRE2

/// A pattern of RE2 that matches whole texts; a class because it owns memory of the library.
final class CompiledPattern: Sendable {
    /// Bytes for a compiled pattern and its caches; RE2's own default.
    private static let memoryLimit: Int64 = 8 << 20

    private let pattern: cre2_pattern
    let groupCount: Int

    init(_ source: String) throws(RegexError) {
        var source = source
        pattern = source.withUTF8 { bytes in
            Self.characters(bytes) { cre2_compile($0, $1, Self.memoryLimit) }
        }
        groupCount = Int(cre2_group_count(pattern))
        let code = cre2_error_code(pattern)
        guard code == CRE2_NO_ERROR else {
            let argument = cre2_error_argument(pattern)
            let bytes = UnsafeRawBufferPointer(start: argument.bytes, count: argument.length)
            throw RegexError(code, argument: String(decoding: bytes, as: UTF8.self))
        }
    }

    deinit {
        cre2_free(pattern)
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        text.withUnsafeBufferPointer { bytes in
            Self.characters(bytes) { cre2_matches(pattern, $0, $1) }
        }
    }

    /// Where each group matched, the whole text first; nil when the text does not match.
    func captures(in text: [UInt8]) -> [Range<Int>?]? {
        var spans = [cre2_span](repeating: cre2_span(start: -1, end: -1), count: groupCount + 1)
        let isMatch = text.withUnsafeBufferPointer { bytes in
            Self.characters(bytes) {
                cre2_captures(pattern, $0, $1, &spans, Int32(spans.count))
            }
        }
        return isMatch ? spans.map { $0.start < 0 ? nil : $0.start..<$0.end } : nil
    }

    /// The number of the group of this name; nil when there is none.
    func groupIndex(named name: [UInt8]) -> Int? {
        let index = name.withUnsafeBufferPointer { bytes in
            Self.characters(bytes) { cre2_group_index(pattern, $0, $1) }
        }
        return index < 0 ? nil : Int(index)
    }

    private static func characters<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<CChar>?, Int) -> Result
    ) -> Result {
        body(UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
}
