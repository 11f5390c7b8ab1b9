extension JSONParser {
    /// A number as RFC 8259 section 6 writes it; it stays text, so that no digit is lost.
    mutating func parseNumber() throws(YAMLError) {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            try skipDigits()
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try skipDigits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
            try skipDigits()
        }
        if index < bytes.count, isDigit(bytes[index]) {
            throw failure("a number cannot begin with 0; remove it, or quote the value")
        }
        appendVerbatim(start..<index, text: start..<index, style: .plain)
    }

    private mutating func skipDigits() throws(YAMLError) {
        guard index < bytes.count, isDigit(bytes[index]) else { throw unexpected("a digit") }
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// A string (RFC 8259 section 7): without escapes it is used where it stands.
    mutating func parseString() throws(YAMLError) {
        let start = index
        index += 1
        try skipUnescaped(openedAt: start)
        if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            appendVerbatim(
                start..<index, text: (start + 1)..<(index - 1), style: .doubleQuoted)
            return
        }
        try parseEscaped(from: start)
    }

    /// Goes on to the closing quote or to a backslash.
    private mutating func skipUnescaped(openedAt start: Int) throws(YAMLError) {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            if byte < 0x20 {
                throw failure("a control character in a string; write it as an escape such as \\n")
            }
            if byte < 0x80 {
                index += 1
            } else if let (_, length) = UTF8Sequence.decode(bytes, at: index) {
                index += length
            } else {
                let message = YAMLProblem.message(for: .notUTF8, byte: byte)
                throw failure(message, code: .encoding)
            }
        }
        throw failure("a string is not closed; add the closing quote", related: start)
    }

    private mutating func parseEscaped(from start: Int) throws(YAMLError) {
        let textStart = tree.text.count
        tree.text.append(contentsOf: bytes[(start + 1)..<index])
        while bytes[index] == UInt8(ascii: "\\") {
            try parseEscape()
            let plain = index
            try skipUnescaped(openedAt: start)
            tree.text.append(contentsOf: bytes[plain..<index])
        }
        index += 1
        var record = NodeRecord(
            start: start, end: index, shape: .scalar, style: .doubleQuoted,
            next: tree.records.count + 1)
        record.payload = UInt32(truncatingIfNeeded: textStart)
        record.count = UInt32(truncatingIfNeeded: tree.text.count - textStart)
        tree.appendLeaf(record)
    }

    private mutating func parseEscape() throws(YAMLError) {
        guard let escape = JSONEscape(bytes, at: index) else {
            throw failure("no such escape in JSON; double the backslash")
        }
        escape.append(to: &tree.text)
        index += escape.length
    }
}

/// One escape of a JSON string and what it stands for.
struct JSONEscape {
    let scalar: Unicode.Scalar
    /// Bytes of the escape itself.
    let length: Int

    /// The escape whose backslash is at `index`; a lone surrogate stands for U+FFFD, as
    /// encoding/json has it.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""): self.init("\"")
        case UInt8(ascii: "\\"): self.init("\\")
        case UInt8(ascii: "/"): self.init("/")
        case UInt8(ascii: "b"): self.init("\u{8}")
        case UInt8(ascii: "f"): self.init("\u{C}")
        case UInt8(ascii: "n"): self.init("\n")
        case UInt8(ascii: "r"): self.init("\r")
        case UInt8(ascii: "t"): self.init("\t")
        case UInt8(ascii: "u"):
            guard let escape = Self.unicode(bytes, at: index) else { return nil }
            self = escape
        default: return nil
        }
    }

    private init(_ scalar: Unicode.Scalar) {
        self.scalar = scalar
        length = 2
    }

    private init(_ value: UInt32, length: Int) {
        scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        self.length = length
    }

    private static func unicode(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> JSONEscape? {
        guard let first = hexadecimal(bytes, at: index + 2) else { return nil }
        guard first & 0xFC00 == 0xD800, index + 7 < bytes.count,
            bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
            let second = hexadecimal(bytes, at: index + 8), second & 0xFC00 == 0xDC00
        else { return JSONEscape(first, length: 6) }
        let value = 0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF)
        return JSONEscape(value, length: 12)
    }

    private static func hexadecimal(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    func append(to text: inout [UInt8]) {
        text.append(contentsOf: String(Character(scalar)).utf8)
    }
}
