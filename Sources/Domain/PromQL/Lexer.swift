/// Takes a query apart into tokens, one at a time, with the messages of Prometheus' lexer
/// (promql/parser/lex.go).
struct Lexer {
    let text: [UInt8]
    var position = 0
    var start = 0
    private var openParentheses = 0
    var isInsideBraces = false
    private var isInsideBrackets = false
    var expectsDuration = false

    init(_ text: [UInt8]) {
        self.text = text
    }

    mutating func next() throws(QueryError) -> Token {
        skipBlanks()
        start = position
        if isInsideBraces { return try insideBraces() }
        if expectsDuration { return try rangeDuration() }
        guard let byte = peek() else { return try end() }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try numberOrDuration()
        case UInt8(ascii: ".") where isDigit(peek(1)): return try numberOrDuration()
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
        case UInt8(ascii: ":") where isInsideBrackets: return token(.symbol(.colon), length: 1)
        case _ where isAlpha(byte) || byte == UInt8(ascii: ":"): return word()
        default: return try symbol(byte)
        }
    }

    private mutating func end() throws(QueryError) -> Token {
        if openParentheses > 0 { throw fault("unclosed left parenthesis") }
        if isInsideBrackets { throw fault("unclosed left bracket") }
        return token(.end, length: 0)
    }

    private mutating func symbol(_ byte: UInt8) throws(QueryError) -> Token {
        switch byte {
        case UInt8(ascii: "="): return try equality()
        case UInt8(ascii: "!"):
            guard peek(1) == UInt8(ascii: "=") else {
                throw fault("unexpected character after '!': \(character(at: position + 1))")
            }
            return token(.symbol(.notEqual), length: 2)
        case UInt8(ascii: "<"):
            return comparison(.less, orEqual: .lessOrEqual)
        case UInt8(ascii: ">"):
            return comparison(.greater, orEqual: .greaterOrEqual)
        default:
            guard let symbol = Symbol(rawValue: String(UnicodeScalar(byte))) else {
                throw fault("unexpected character: \(character(at: position))")
            }
            return try single(symbol)
        }
    }

    private mutating func equality() throws(QueryError) -> Token {
        switch peek(1) {
        case UInt8(ascii: "="): return token(.symbol(.equal), length: 2)
        case UInt8(ascii: "~"):
            throw fault("unexpected character after '=': \(character(at: position + 1))")
        default: return token(.symbol(.assign), length: 1)
        }
    }

    private mutating func comparison(_ strict: Symbol, orEqual: Symbol) -> Token {
        peek(1) == UInt8(ascii: "=")
            ? token(.symbol(orEqual), length: 2) : token(.symbol(strict), length: 1)
    }

    /// A token of one byte, some of which open or close something.
    private mutating func single(_ symbol: Symbol) throws(QueryError) -> Token {
        switch symbol {
        case .leftParenthesis: openParentheses += 1
        case .rightParenthesis:
            openParentheses -= 1
            if openParentheses < 0 {
                throw fault("unexpected right parenthesis ')'", at: position + 1)
            }
        case .leftBrace: isInsideBraces = true
        case .leftBracket:
            if isInsideBrackets { throw fault("unexpected left bracket '['") }
            isInsideBrackets = true
            expectsDuration = true
        case .rightBracket:
            if !isInsideBrackets { throw fault("unexpected right bracket ']'") }
            isInsideBrackets = false
        case .rightBrace: throw fault("unexpected character: '}'")
        default: break
        }
        return token(.symbol(symbol), length: 1)
    }

    private mutating func word() -> Token {
        position = wordEnd(allowsColon: true)
        let word = String(decoding: text[start..<position], as: UTF8.self)
        let lowercased = word.lowercased()
        if lowercased == "inf" || lowercased == "nan" { return token(.number) }
        if let keyword = Keyword(rawValue: lowercased) { return token(.keyword(keyword)) }
        return token(word.contains(":") ? .metricIdentifier : .identifier)
    }

    func wordEnd(allowsColon: Bool) -> Int {
        text[position...].firstIndex { byte in
            !isAlphanumeric(byte) && !(allowsColon && byte == UInt8(ascii: ":"))
        } ?? text.count
    }
}

extension Lexer {
    var scanned: String { String(decoding: text[start..<position], as: UTF8.self) }

    mutating func string() throws(QueryError) -> Token {
        var literal = StringLiteral(text, at: position)
        do throws(StringLiteral.Fault) {
            try literal.read()
        } catch {
            throw fault(error.message)
        }
        position = literal.position
        return Token(
            kind: .string, text: String(decoding: literal.content, as: UTF8.self),
            start: start)
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == UInt8(ascii: "#") {
                skip { $0 != UInt8(ascii: "\n") }
            } else if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    mutating func token(_ kind: Token.Kind, length: Int) -> Token {
        position += length
        return token(kind)
    }

    func token(_ kind: Token.Kind) -> Token {
        Token(kind: kind, text: scanned, start: start)
    }

    func fault(_ message: String, at offset: Int? = nil) -> QueryError {
        .parse(message, at: offset ?? start, in: text)
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < text.count ? text[position + distance] : nil
    }

    mutating func skip(_ isPart: (UInt8) -> Bool) {
        position = text[position...].firstIndex { !isPart($0) } ?? text.count
    }

    /// A character in quotes as Go's `%q` prints it; the end of the text is no character.
    func character(at offset: Int) -> String {
        guard offset < text.count else { return "'\u{FFFD}'" }
        let rest = String(decoding: text[offset...].prefix(4), as: UTF8.self)
        return rest.unicodeScalars.first.map { "'\($0)'" } ?? "'\u{FFFD}'"
    }
}
