/// Finds the bytes that no YAML text may hold (YAML 1.1 section 5.1), before libyaml sees them.
///
/// libyaml reads ahead in large blocks and would blame the wrong document for them.
struct ByteScreen {
    /// A byte that must not be there.
    struct Fault {
        enum Kind { case nul, control(UInt32), notUTF8 }

        let kind: Kind
        let offset: Int
        let length: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var isASCII = true

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The first fault at or after `start`.
    ///
    /// Complexity: linear up to the fault.
    mutating func fault(from start: Int) -> Fault? {
        var index = start
        while index < bytes.count {
            index = skipPrintable(from: index)
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D || byte == 0x09 {
                index += 1
            } else if byte < 0x80 {
                return Fault(
                    kind: byte == 0 ? .nul : .control(UInt32(byte)), offset: index, length: 1)
            } else {
                isASCII = false
                guard let (scalar, length) = UTF8Sequence.decode(bytes, at: index) else {
                    return Fault(kind: .notUTF8, offset: index, length: 1)
                }
                guard Self.isAllowed(scalar) else {
                    return Fault(kind: .control(scalar), offset: index, length: length)
                }
                index += length
            }
        }
        return nil
    }

    /// The first byte from `start` that is not printable ASCII, looking at eight at a time.
    private func skipPrintable(from start: Int) -> Int {
        var index = start
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return start }
        while index + 8 <= bytes.count {
            let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let high: UInt64 = 0x8080_8080_8080_8080
            let belowBlank = (word &- 0x2020_2020_2020_2020) & ~word
            let isDelete = (word &+ 0x0101_0101_0101_0101)
            guard (word | belowBlank | isDelete) & high == 0 else { break }
            index += 8
        }
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] < 0x7F { index += 1 }
        return index
    }

    /// The list of `yaml_parser_update_buffer` in libyaml's reader.c, beyond ASCII.
    private static func isAllowed(_ scalar: UInt32) -> Bool {
        scalar == 0x85 || (scalar >= 0xA0 && scalar <= 0xFFFD) || scalar >= 0x10000
    }
}

/// One scalar in UTF-8 (RFC 3629 section 4).
enum UTF8Sequence {
    /// The scalar at `index`, which must not be ASCII, and its bytes; nil when it is not UTF-8.
    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: UInt32, length: Int)? {
        let first = bytes[index]
        let length: Int
        let smallest: UInt32
        switch first {
        case 0xC2...0xDF: (length, smallest) = (2, 0x80)
        case 0xE0...0xEF: (length, smallest) = (3, 0x800)
        case 0xF0...0xF4: (length, smallest) = (4, 0x10000)
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let isSurrogate = scalar >= 0xD800 && scalar <= 0xDFFF
        guard scalar >= smallest, scalar <= 0x10FFFF, !isSurrogate else { return nil }
        return (scalar, length)
    }
}
