/// Reads a string in one of the three kinds of quotes, with Go's escapes.
struct StringLiteral {
    struct Fault: Error {
        let message: String
    }

    private let text: [UInt8]
    private let quote: UInt8
    /// After the last byte that was read.
    private(set) var position: Int
    private(set) var content: [UInt8] = []

    /// Begins at the opening quote.
    init(_ text: [UInt8], at position: Int) {
        self.text = text
        self.position = position + 1
        quote = text[position]
    }

    mutating func read() throws(Fault) {
        let isRaw = quote == UInt8(ascii: "`")
        while let byte = take() {
            switch byte {
            case quote: return
            case UInt8(ascii: "\\") where !isRaw: try escape()
            case UInt8(ascii: "\n") where !isRaw: throw unterminated(isRaw)
            default: content.append(byte)
            }
        }
        throw unterminated(isRaw)
    }

    private func unterminated(_ isRaw: Bool) -> Fault {
        Fault(message: isRaw ? "unterminated raw string" : "unterminated quoted string")
    }

    private mutating func escape() throws(Fault) {
        guard let byte = take() else { throw Fault(message: "escape sequence not terminated") }
        switch byte {
        case quote, UInt8(ascii: "\\"): content.append(byte)
        case UInt8(ascii: "a"): content.append(0x07)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "v"): content.append(0x0B)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            try appendByte(digits: 3, base: 8)
        case UInt8(ascii: "x"): try appendByte(digits: 2, base: 16)
        case UInt8(ascii: "u"): try appendScalar(digits: 4)
        case UInt8(ascii: "U"): try appendScalar(digits: 8)
        default: throw Fault(message: "unknown escape sequence \(unicode(at: position - 1))")
        }
    }

    private mutating func appendByte(digits: Int, base: UInt32) throws(Fault) {
        guard let byte = UInt8(exactly: try number(digits: digits, base: base)) else {
            throw Fault(message: "escape sequence is an invalid Unicode code point")
        }
        content.append(byte)
    }

    private mutating func appendScalar(digits: Int) throws(Fault) {
        guard let scalar = UnicodeScalar(try number(digits: digits, base: 16)) else {
            throw Fault(message: "escape sequence is an invalid Unicode code point")
        }
        content += String(scalar).utf8
    }

    private mutating func number(digits: Int, base: UInt32) throws(Fault) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<digits {
            guard let byte = take() else { throw Fault(message: "escape sequence not terminated") }
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < base else {
                let character = unicode(at: position - 1)
                throw Fault(message: "illegal character \(character) in escape sequence")
            }
            number = number &* base &+ UInt32(digit)
        }
        return number
    }

    private mutating func take() -> UInt8? {
        guard position < text.count else { return nil }
        defer { position += 1 }
        return text[position]
    }

    /// A character as Go's `%#U` prints it.
    private func unicode(at offset: Int) -> String {
        let rest = String(decoding: text[offset...].prefix(4), as: UTF8.self)
        guard let scalar = rest.unicodeScalars.first else { return "U+FFFD" }
        let code = String(scalar.value, radix: 16, uppercase: true)
        return "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) '\(scalar)'"
    }
}
