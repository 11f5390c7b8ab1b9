import MarkedYAML

/// YAML as `sigs.k8s.io/yaml` writes it: members sorted, sequences not indented.
enum YAMLText {
    static func of(_ value: JSONValue) -> String {
        var text = ""
        append(value, level: 0, to: &text)
        return text
    }

    private static func append(_ value: JSONValue, level: Int, to text: inout String) {
        switch value {
        case .object(let object) where !object.members.isEmpty:
            for member in object.members.sorted(by: { isBefore($0.name, $1.name) }) {
                text += indent(level) + scalar(member.name, level: level) + ":"
                appendValue(member.value, level: level, to: &text)
            }
        case .array(let elements) where !elements.isEmpty:
            for element in elements {
                var inner = ""
                append(element, level: level + 1, to: &inner)
                text += indent(level) + "- " + inner.dropFirst(2 * level + 2)
            }
        case .null, .bool, .int, .double, .string, .array, .object:
            text += indent(level) + leaf(value, level: level) + "\n"
        }
    }

    private static func appendValue(_ value: JSONValue, level: Int, to text: inout String) {
        switch value {
        case .object(let object) where !object.members.isEmpty:
            text += "\n"
            append(value, level: level + 1, to: &text)
        case .array(let elements) where !elements.isEmpty:
            text += "\n"
            append(value, level: level, to: &text)
        case .null, .bool, .int, .double, .string, .array, .object:
            text += " " + leaf(value, level: level + 1) + "\n"
        }
    }

    private static func leaf(_ value: JSONValue, level: Int) -> String {
        switch value {
        case .string(let text): scalar(text, level: level)
        case .array: "[]"
        case .object: "{}"
        case .null, .bool, .int, .double: value.compact
        }
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func indent(_ level: Int) -> String {
        String(repeating: "  ", count: level)
    }

    /// Plain where that reads back as the same string, a block for lines, quoted otherwise.
    private static func scalar(_ text: String, level: Int) -> String {
        if text.utf8.contains(UInt8(ascii: "\n")), !text.hasPrefix(" "), !text.hasPrefix("\n"),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }),
            !text.contains("\t"), !hasTrailingBlank(text)
        {
            return block(text, level: level)
        }
        return isPlain(text) ? text : JSONValue.string(text).compact
    }

    private static func hasTrailingBlank(_ text: String) -> Bool {
        text.split(separator: "\n", omittingEmptySubsequences: false).contains { $0.hasSuffix(" ") }
    }

    private static func block(_ text: String, level: Int) -> String {
        let chomping = text.hasSuffix("\n") ? (text.hasSuffix("\n\n") ? "+" : "") : "-"
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if text.hasSuffix("\n") { lines.removeLast() }
        let body = lines.map { $0.isEmpty ? "" : indent(level) + $0 }
        return (["|" + chomping] + body).joined(separator: "\n")
    }

    /// Whether a text needs no quotes; in doubt it gets some.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, text != "---" else { return false }
        let starters = Array("!&*?|>'\"%@`{}[],#-:=<~ ".utf8)
        if starters.contains(first) {
            // A dash may begin a word, as in command line flags, but not a list entry.
            guard first == UInt8(ascii: "-"), let second = text.utf8.dropFirst().first,
                second == UInt8(ascii: "-") || isLetter(second)
            else { return false }
        }
        if text.hasSuffix(" ") || text.hasSuffix(":") || text.contains(": ") || text.contains(" #")
        {
            return false
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            return false
        }
        // Whatever reads as a number, a date, a truth value or nothing is a string in quotes only.
        if (first >= 0x30 && first <= 0x39) || first == UInt8(ascii: "+")
            || first == UInt8(ascii: ".")
        {
            return !looksLikeNumber(text)
        }
        let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        return !words.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
    }

    /// Integers and floats of any base, dates, and base-60 numbers (`go-yaml`, resolve.go).
    private static func looksLikeNumber(_ text: String) -> Bool {
        let bare = text.filter { $0 != "_" }
        if Int(bare) != nil || Double(bare) != nil || [".inf", ".nan"].contains(text.lowercased()) {
            return true
        }
        let bytes = Array(text.utf8)
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), [0x62, 0x6F, 0x78].contains(bytes[1]) {
            return bytes[2...].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
        }
        let isDate = bytes.count > 5 && bytes[4] == UInt8(ascii: "-")
        let allowed = Array((isDate ? "0123456789-:.+TtZz " : "0123456789:.").utf8)
        return bytes.allSatisfy(allowed.contains) && text.contains(where: \.isNumber)
    }
}
