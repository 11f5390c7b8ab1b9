/// Go's notation for string literals, which Thanos uses in flags and messages.
package enum GoString {
    /// The text in double quotes with Go's `%q` escapes for what would break a line.
    package static func quoted(_ text: some StringProtocol) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let hex = String(scalar.value, radix: 16)
                    result += "\\x" + (hex.count == 1 ? "0" : "") + hex
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// What `strconv.Unquote` makes of a literal in `"` or `` ` ``; nil where it refuses.
    package static func unquoted(_ literal: some StringProtocol) -> String? {
        let scalars = Array(literal.unicodeScalars)
        guard scalars.count >= 2, let quote = scalars.first, scalars.last == quote else {
            return nil
        }
        let inner = scalars.dropFirst().dropLast()
        switch quote {
        case "`":
            guard !inner.contains("`") else { return nil }
            return String(String.UnicodeScalarView(inner.filter { $0 != "\r" }))
        case "\"":
            return unescaped(inner)
        default:
            return nil
        }
    }

    private static func unescaped(_ scalars: ArraySlice<Unicode.Scalar>) -> String? {
        var bytes: [UInt8] = []
        var rest = scalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"", "\n":
                return nil
            case "\\":
                guard let decoded = escape(&rest) else { return nil }
                bytes += decoded
            default:
                bytes += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Decodes the escape behind a backslash and removes it from what remains.
    private static func escape(_ rest: inout ArraySlice<Unicode.Scalar>) -> [UInt8]? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case "a": return [0x07]
        case "b": return [0x08]
        case "f": return [0x0C]
        case "n": return [0x0A]
        case "r": return [0x0D]
        case "t": return [0x09]
        case "v": return [0x0B]
        case "\\": return [0x5C]
        case "\"": return [0x22]
        case "x": return number(&rest, digits: 2, radix: 16).map { [UInt8(truncatingIfNeeded: $0)] }
        case "u": return number(&rest, digits: 4, radix: 16).flatMap(utf8)
        case "U": return number(&rest, digits: 8, radix: 16).flatMap(utf8)
        case "0"..."7":
            rest = [kind] + rest
            return number(&rest, digits: 3, radix: 8).flatMap { $0 > 255 ? nil : [UInt8($0)] }
        default: return nil
        }
    }

    private static func number(
        _ rest: inout ArraySlice<Unicode.Scalar>, digits: Int, radix: Int
    ) -> UInt32? {
        guard rest.count >= digits else { return nil }
        let text = String(String.UnicodeScalarView(rest.prefix(digits)))
        rest.removeFirst(digits)
        guard !text.hasPrefix("+"), !text.hasPrefix("-") else { return nil }
        return UInt32(text, radix: radix)
    }

    private static func utf8(_ value: UInt32) -> [UInt8]? {
        guard let scalar = Unicode.Scalar(value) else { return nil }
        return UTF8.encode(scalar).map(Array.init)
    }
}
