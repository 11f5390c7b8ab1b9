extension Lexer {
    /// A token of the conditions of a selector.
    mutating func insideBraces() throws(QueryError) -> Token {
        guard let byte = peek() else { throw fault("unexpected end of input inside braces") }
        switch byte {
        case _ where isAlpha(byte): return identifier()
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
        case UInt8(ascii: ","): return token(.symbol(.comma), length: 1)
        case UInt8(ascii: "="):
            return peek(1) == UInt8(ascii: "~")
                ? token(.symbol(.matches), length: 2) : token(.symbol(.assign), length: 1)
        case UInt8(ascii: "!"):
            switch peek(1) {
            case UInt8(ascii: "~"): return token(.symbol(.doesNotMatch), length: 2)
            case UInt8(ascii: "="): return token(.symbol(.notEqual), length: 2)
            default:
                let next = character(at: position + 1)
                throw fault("unexpected character after '!' inside braces: \(next)")
            }
        case UInt8(ascii: "{"): throw fault("unexpected left brace '{'", at: position + 1)
        case UInt8(ascii: "}"):
            isInsideBraces = false
            return token(.symbol(.rightBrace), length: 1)
        default:
            throw fault("unexpected character inside braces: \(character(at: position))")
        }
    }

    private mutating func identifier() -> Token {
        position = wordEnd(allowsColon: false)
        return token(.identifier)
    }
}
