/// JSON as Go's encoder indents it with tabs, keys in the order given.
enum GoJSON {
    case text(String)
    case number(String)
    case bool(Bool)
    case list([GoJSON])
    case object([(key: String, value: GoJSON)])

    static func number(_ value: some BinaryInteger) -> GoJSON { .number(String(value)) }

    static func texts(_ values: [String]) -> GoJSON { .list(values.map { .text($0) }) }

    func text(indent: String = "") -> String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .list(let items):
            Self.block("[", items.map { $0.text(indent: indent + "\t") }, "]", indent)
        case .object(let members):
            Self.block(
                "{",
                members.map { key, value in
                    Self.quoted(key) + ": " + value.text(indent: indent + "\t")
                }, "}", indent)
        }
    }

    private static func block(
        _ open: String, _ lines: [String], _ close: String, _ indent: String
    ) -> String {
        if lines.isEmpty { return open + close }
        let body = lines.map { indent + "\t" + $0 }.joined(separator: ",\n")
        return open + "\n" + body + "\n" + indent + close
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // Go's encoder has HTML in mind, and JavaScript with the last two.
            case "\0"..."\u{1F}", "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
