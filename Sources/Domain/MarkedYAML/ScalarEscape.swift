/// One escape of a double-quoted scalar, of YAML 1.1 (section 5.7) or of JSON.
struct ScalarEscape {
    let text: [UInt8]
    /// Bytes of the escape itself.
    let length: Int

    init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        guard index + 1 < bytes.count else { return nil }
        if let escape = JSONEscape(bytes, at: index) {
            text = Array(String(Character(escape.scalar)).utf8)
            length = escape.length
            return
        }
        let scalar: Unicode.Scalar
        switch bytes[index + 1] {
        case UInt8(ascii: "x"): (scalar, length) = (Self.scalar(bytes, index + 2, digits: 2), 4)
        case UInt8(ascii: "U"): (scalar, length) = (Self.scalar(bytes, index + 2, digits: 8), 10)
        default:
            guard let named = Self.named[bytes[index + 1]] else { return nil }
            (scalar, length) = (named, 2)
        }
        guard index + length <= bytes.count else { return nil }
        text = Array(String(Character(scalar)).utf8)
    }

    /// The one-letter escapes that JSON does not have.
    private static let named: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", 0x09: "\t",
        UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: " "): " ",
        UInt8(ascii: "'"): "'", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]

    private static func scalar(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, digits: Int
    ) -> Unicode.Scalar {
        guard start + digits <= bytes.count else { return "\u{FFFD}" }
        let text = String(decoding: bytes[start..<(start + digits)], as: UTF8.self)
        return UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }
}
