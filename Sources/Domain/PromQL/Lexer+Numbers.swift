extension Lexer {
    mutating func numberOrDuration() throws(QueryError) -> Token {
        if scanNumber() { return token(.number) }
        guard scanUnits() else {
            throw fault("bad number or duration syntax: \(quoted(scanned))")
        }
        return token(.duration)
    }

    mutating func rangeDuration() throws(QueryError) -> Token {
        expectsDuration = false
        if scanNumber() { throw fault("missing unit character in duration") }
        guard scanUnits() else { throw fault("bad duration syntax: \(quoted(scanned))") }
        return token(.duration)
    }

    /// Scans what could be a number; false when letters follow.
    private mutating func scanNumber() -> Bool {
        if peek() == UInt8(ascii: "0"), [UInt8(ascii: "x"), UInt8(ascii: "X")].contains(peek(1)) {
            position += 2
            skip {
                ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "f")) || isDigit($0)
            }
        } else {
            skip(isDigit)
        }
        if peek() == UInt8(ascii: ".") {
            position += 1
            skip(isDigit)
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            skip(isDigit)
        }
        return !isAlphanumeric(peek())
    }

    /// Scans the unit of a duration and further numbers with theirs.
    private mutating func scanUnits() -> Bool {
        guard skipUnit("smhdwy") else { return false }
        while isDigit(peek()) {
            skip(isDigit)
            guard skipUnit("smhdw") else { return false }
        }
        guard isAlphanumeric(peek()) else { return true }
        position += 1
        return false
    }

    private mutating func skipUnit(_ units: String) -> Bool {
        guard let byte = peek(), units.utf8.contains(byte) else { return false }
        position += 1
        if peek() == UInt8(ascii: "s") { position += 1 }
        return true
    }
}

func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
}

func isAlpha(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
}

func isAlphanumeric(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isAlpha(byte) || isDigit(byte)
}
