/// Builds JSON as Go's encoders write it.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ raw: String) {
        bytes += raw.utf8
    }

    /// JSON that is complete in itself.
    mutating func append(raw json: [UInt8]) {
        bytes += json
    }

    /// A text in quotes; invalid UTF-8 is repaired, and what HTML could take for markup is escaped.
    mutating func append(quoting text: some Collection<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ": append(escaped(scalar))
            default: append(String(scalar))
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Elements with commas between them.
    mutating func appendList<Element>(
        _ elements: some Sequence<Element>, _ body: (inout JSONText, Element) -> Void
    ) {
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            body(&self, element)
        }
    }

    private func escaped(_ scalar: UnicodeScalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }
}
