/// Finds credentials in one pass: keyed values, user information in URLs, bearer tokens, JSON web
/// tokens, AWS key ids and PEM private keys.
struct SecretScanner {
    let bytes: [UInt8]
    private(set) var found: [Range<Int>] = []
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan() {
        while position < bytes.count {
            let before = position
            switch bytes[position] {
            case UInt8(ascii: ":"): afterColon()
            case UInt8(ascii: "="): afterKey(endsAtBlank: true)
            case UInt8(ascii: "B"), UInt8(ascii: "b"): bearerToken()
            case UInt8(ascii: "e"): webToken()
            case UInt8(ascii: "A"): awsKeyID()
            case UInt8(ascii: "-"): privateKey()
            case _: break
            }
            if position == before { position += 1 }
        }
    }

    /// Hides a range that is not empty and goes on behind it.
    private mutating func hide(_ range: Range<Int>) {
        if !range.isEmpty { found.append(range) }
        position = max(range.upperBound, position + 1)
    }

    private mutating func afterColon() {
        if starts(with: "://", at: position) { return userInformation() }
        afterKey(endsAtBlank: false)
    }

    /// RFC 3986 section 3.2.1: everything between `//` and the last `@` of the authority.
    private mutating func userInformation() {
        let start = position + 3
        var end: Int?
        var index = start
        while index < bytes.count, !Self.endsAuthority(bytes[index]) {
            if bytes[index] == UInt8(ascii: "@") { end = index }
            index += 1
        }
        if let end { hide(start..<end) } else { position = index }
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte <= 0x20 || "/?#\"'<>`\\".utf8.contains(byte)
    }

    private func starts(with text: StaticString, at index: Int) -> Bool {
        guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[index..<(index + $0.count)].elementsEqual($0) }
    }
}

// MARK: Keyed values

extension SecretScanner {
    private mutating func afterKey(endsAtBlank: Bool) {
        guard let key = SecretKey(before: position, in: bytes) else { return }
        var start = position + 1
        while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
        guard start < bytes.count, !Self.endsLine(bytes[start]) else { return }
        if let quoted = quotedValue(at: start) { return hide(quoted) }
        // A reference to a Secret (`password: {name: …, key: …}`) is not a secret.
        if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") { return }
        if !endsAtBlank, isBlockHeader(at: start) {
            return hideBlock(under: key, from: start)
        }
        let value = start..<plainEnd(from: start, key: key, endsAtBlank: endsAtBlank)
        // `automountServiceAccountToken: false` is a switch.
        if Self.switches.contains(where: bytes[value].elementsEqual) { return }
        hide(value)
    }

    private static let switches = ["true", "false", "null"].map { Array($0.utf8) }

    private func plainEnd(from start: Int, key: SecretKey, endsAtBlank: Bool) -> Int {
        var end = start
        while end < bytes.count, !Self.endsLine(bytes[end]) {
            let byte = bytes[end]
            if endsAtBlank, Self.isBlank(byte) || "&,;)\"'".utf8.contains(byte) { break }
            if key.isHeader, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { break }
            end += 1
        }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The inside of a quoted value; the quotes may be escaped themselves, as in JSON in a log.
    private func quotedValue(at start: Int) -> Range<Int>? {
        var open = start
        while open < bytes.count, bytes[open] == UInt8(ascii: "\\") { open += 1 }
        guard open < bytes.count else { return nil }
        let quote = bytes[open]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let isEscaped = open > start
        var end = min(quotedEnd(from: open + 1, quote: quote, isEscaped: isEscaped), bytes.count)
        while isEscaped, end > open + 1, bytes[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        return (open + 1)..<end
    }

    /// The closing quote: JSON escapes one by a backslash, YAML's single quote by another.
    private func quotedEnd(from start: Int, quote: UInt8, isEscaped: Bool) -> Int {
        let escape = quote == UInt8(ascii: "'") ? quote : UInt8(ascii: "\\")
        var end = start
        while end < bytes.count {
            let isPair = !isEscaped && bytes[end] == escape && end + 1 < bytes.count
            if isPair, escape != quote || bytes[end + 1] == quote {
                end += 2
            } else if bytes[end] == quote {
                return end
            } else {
                end += 1
            }
        }
        return end
    }

    /// YAML 1.2 section 8.1.1: `|` or `>`, then at most an indentation and a chomping sign.
    private func isBlockHeader(at start: Int) -> Bool {
        guard bytes[start] == UInt8(ascii: "|") || bytes[start] == UInt8(ascii: ">") else {
            return false
        }
        let rest = bytes[(start + 1)...].prefix { !Self.endsLine($0) }
        return rest.prefix { !Self.isBlank($0) }.allSatisfy { "+-0123456789".utf8.contains($0) }
    }

    /// Hides the lines of a block scalar, each for itself so that the text keeps its shape.
    private mutating func hideBlock(under key: SecretKey, from start: Int) {
        let line = bytes[..<key.start].lastIndex(where: Self.endsLine).map { $0 + 1 } ?? 0
        let column = key.start - line
        var index = start
        while let line = nextLine(after: index) {
            let content = bytes[line].firstIndex { !Self.isIndentation($0) } ?? line.upperBound
            if content < line.upperBound {
                guard content - line.lowerBound > column else { break }
                hide(content..<line.upperBound)
            }
            index = line.upperBound
        }
        position = max(position + 1, index)
    }

    private func nextLine(after index: Int) -> Range<Int>? {
        guard let end = bytes[index...].firstIndex(where: Self.endsLine) else { return nil }
        let isPair = starts(with: "\r\n", at: end)
        let start = end + (isPair ? 2 : 1)
        guard start < bytes.count else { return nil }
        return start..<(bytes[start...].firstIndex(where: Self.endsLine) ?? bytes.count)
    }

    /// A diff puts `+` or `-` before the blanks.
    private static func isIndentation(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

// MARK: Tokens that show themselves

extension SecretScanner {
    /// RFC 6750 section 2.1; short words after "bearer" are prose.
    private mutating func bearerToken() {
        guard starts(with: "Bearer ", at: position) || starts(with: "bearer ", at: position) else {
            return
        }
        let start = position + 7
        let end = tokenEnd(from: start)
        if end - start >= 16 { hide(start..<end) }
    }

    /// RFC 7519: three parts with dots between, of which the first is `{"` in base64url.
    private mutating func webToken() {
        guard starts(with: "eyJ", at: position), isWordStart else { return }
        let end = tokenEnd(from: position)
        let token = bytes[position..<end]
        if token.count >= 40, token.count(where: { $0 == UInt8(ascii: ".") }) >= 2 {
            hide(position..<end)
        } else {
            position = end
        }
    }

    /// IAM identifiers reference, "unique identifiers": AKIA and ASIA begin access keys.
    private mutating func awsKeyID() {
        guard starts(with: "AKIA", at: position) || starts(with: "ASIA", at: position),
            isWordStart
        else { return }
        let end = tokenEnd(from: position)
        if end - position == 20 { hide(position..<end) }
    }

    /// RFC 7468: everything between the lines that begin and end a private key.
    private mutating func privateKey() {
        guard starts(with: "-----BEGIN ", at: position) else { return }
        let label = bytes[(position + 11)...].prefix { $0 != UInt8(ascii: "-") && $0 >= 0x20 }
        let start = label.endIndex + 5
        guard label.count <= 40, String(decoding: label, as: UTF8.self).hasSuffix("PRIVATE KEY"),
            start < bytes.count
        else { return }
        var end = start
        while end < bytes.count, !starts(with: "-----END", at: end) { end += 1 }
        hide(start..<end)
    }

    private var isWordStart: Bool {
        position == 0 || !SecretKey.isWord(bytes[position - 1])
    }

    private func tokenEnd(from start: Int) -> Int {
        bytes[min(start, bytes.count)...].firstIndex {
            !(SecretKey.isWord($0) || "+/=~".utf8.contains($0))
        } ?? bytes.count
    }
}
