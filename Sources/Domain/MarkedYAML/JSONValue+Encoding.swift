extension JSONValue {
    /// On one line, without blanks.
    package var compact: String { encoded(indent: nil) }

    /// Over several lines, two blanks a level, without a line break at the end.
    package var pretty: String { encoded(indent: 2) }

    /// The JSON text; `indent` is the blanks a level, nil for one line.
    package func encoded(indent: Int?) -> String {
        var encoder = JSONEncoding(indent: indent)
        encoder.append(self, level: 0)
        return String(decoding: encoder.bytes, as: UTF8.self)
    }
}

/// Builds the text of a JSON value (RFC 8259).
private struct JSONEncoding {
    let indent: Int?
    var bytes: [UInt8] = []

    init(indent: Int?) { self.indent = indent }

    mutating func append(_ value: JSONValue, level: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): append(String(number))
        case .double(let number): append(Self.text(of: number))
        case .string(let text): appendQuoted(text)
        case .array(let elements): appendArray(elements, level: level)
        case .object(let object): appendObject(object, level: level)
        }
    }

    /// JSON has no infinity and no not-a-number (RFC 8259 section 6), so they become null.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        return String(number)
    }

    private mutating func appendArray(_ elements: [JSONValue], level: Int) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(level + 1)
            append(element, level: level + 1)
        }
        if !elements.isEmpty { breakLine(level) }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func appendObject(_ object: JSONObject, level: Int) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(level + 1)
            appendQuoted(member.name)
            append(indent == nil ? ":" : ": ")
            append(member.value, level: level + 1)
        }
        if !object.members.isEmpty { breakLine(level) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func breakLine(_ level: Int) {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { appendEscaped(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0..<0x20, 0x7F:
            let digits = String(byte, radix: 16)
            append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        default: bytes.append(byte)
        }
    }
}
