/// A text as Go's `strconv.Quote` prints it, for the characters that occur in queries.
func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: String(scalar)
        }
    }
    return "\"\(escaped.joined())\""
}
