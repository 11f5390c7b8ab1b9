/// Finds the first syntax error of a JSON text and words it as Go's `encoding/json` does.
struct GoJSONSyntax {
    /// An error's text, thrown from deep inside a value.
    private struct Failure: Error {
        let message: String

        static let end = Failure(message: "unexpected end of JSON input")
    }

    /// Go's own limit (`maxNestingDepth` in encoding/json/scanner.go).
    private static let depthLimit = 10_000

    private let bytes: [UInt8]
    private var position = 0

    /// The text of the error; nil for a text that Go accepts.
    static func error(in bytes: [UInt8]) -> String? {
        var scanner = GoJSONSyntax(bytes: bytes)
        do throws(Failure) {
            try scanner.document()
            return nil
        } catch {
            return error.message
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func document() throws(Failure) {
        // One entry for every open bracket; nesting costs no stack.
        var isObject: [Bool] = []
        repeat {
            try openValue(&isObject)
            try closeValues(&isObject)
        } while !isObject.isEmpty
        skipSpace()
        if position < bytes.count { throw unexpected("after top-level value") }
    }

    /// Reads up to the end of a scalar or of an empty collection, entering others.
    private mutating func openValue(_ isObject: inout [Bool]) throws(Failure) {
        while true {
            skipSpace()
            guard let byte = peek else { throw Failure.end }
            switch byte {
            case UInt8(ascii: "{"):
                position += 1
                isObject.append(true)
                skipSpace()
                if peek == UInt8(ascii: "}") { return }
                try key()
            case UInt8(ascii: "["):
                position += 1
                isObject.append(false)
                skipSpace()
                if peek == UInt8(ascii: "]") { return }
            default:
                try scalar(byte)
                return
            }
            guard isObject.count <= Self.depthLimit else {
                throw Failure(message: "exceeded max depth")
            }
        }
    }

    /// Leaves what closes here, until a comma asks for the next value.
    private mutating func closeValues(_ isObject: inout [Bool]) throws(Failure) {
        while let inObject = isObject.last {
            skipSpace()
            guard let byte = peek else { throw Failure.end }
            let closing = inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if byte == closing {
                position += 1
                isObject.removeLast()
            } else if byte == UInt8(ascii: ",") {
                position += 1
                if inObject { try key() }
                return
            } else {
                throw unexpected(
                    inObject ? "after object key:value pair" : "after array element")
            }
        }
    }

    private mutating func key() throws(Failure) {
        skipSpace()
        guard let byte = peek else { throw Failure.end }
        guard byte == UInt8(ascii: "\"") else {
            throw unexpected("looking for beginning of object key string")
        }
        try string()
        skipSpace()
        guard let colon = peek else { throw Failure.end }
        guard colon == UInt8(ascii: ":") else { throw unexpected("after object key") }
        position += 1
    }
}

extension GoJSONSyntax {
    private mutating func scalar(_ byte: UInt8) throws(Failure) {
        switch byte {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw unexpected("looking for beginning of value")
        }
    }

    private mutating func literal(_ word: String) throws(Failure) {
        for (index, expected) in word.utf8.enumerated() {
            guard let byte = peek else { throw Failure.end }
            guard byte == expected else {
                let letter = Character(Unicode.Scalar(Array(word.utf8)[index]))
                throw unexpected("in literal \(word) (expecting '\(letter)')")
            }
            position += 1
        }
    }

    private mutating func string() throws(Failure) {
        position += 1
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try escape()
            case 0..<0x20:
                throw unexpected("in string literal")
            default:
                position += 1
            }
        }
        throw Failure.end
    }

    private mutating func escape() throws(Failure) {
        guard let byte = peek else { throw Failure.end }
        if byte == UInt8(ascii: "u") {
            position += 1
            for _ in 0..<4 {
                guard let digit = peek else { throw Failure.end }
                guard Character(Unicode.Scalar(digit)).isHexDigit else {
                    throw unexpected("in \\u hexadecimal character escape")
                }
                position += 1
            }
        } else if #"bfnrt\/""#.utf8.contains(byte) {
            position += 1
        } else {
            throw unexpected("in string escape code")
        }
    }

    private mutating func number() throws(Failure) {
        if peek == UInt8(ascii: "-") { position += 1 }
        guard let first = peek else { throw Failure.end }
        guard isDigit(first) else { throw unexpected("in numeric literal") }
        position += 1
        if first != UInt8(ascii: "0") { skipDigits() }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits("after decimal point in numeric literal")
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits("in exponent of numeric literal")
        }
    }

    private mutating func digits(_ place: String) throws(Failure) {
        guard let byte = peek else { throw Failure.end }
        guard isDigit(byte) else { throw unexpected(place) }
        skipDigits()
    }

    private mutating func skipDigits() {
        while let byte = peek, isDigit(byte) { position += 1 }
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The text about the byte at the position, quoted as `quoteChar` does.
    private func unexpected(_ place: String) -> Failure {
        guard let byte = peek else { return .end }
        let shown: String
        switch byte {
        case UInt8(ascii: "'"): shown = "\\'"
        case UInt8(ascii: "\n"): shown = "\\n"
        case UInt8(ascii: "\r"): shown = "\\r"
        case UInt8(ascii: "\t"): shown = "\\t"
        case UInt8(ascii: "\\"): shown = "\\\\"
        case 0..<0x20, 0x7F:
            let hex = String(byte, radix: 16)
            shown = "\\x" + (hex.count == 1 ? "0" : "") + hex
        // Go takes the byte for a Latin-1 character.
        default: shown = String(Character(Unicode.Scalar(byte)))
        }
        return Failure(message: "invalid character '\(shown)' \(place)")
    }
}
