/// Numbers as Go's `strconv.FormatFloat` prints them with the fewest digits that mean the same.
enum GoFloat {
    /// The format `f`: never an exponent.
    static func fixed(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        // Swift finds the same digits; only its exponents and its `.0` are not wanted.
        let text = value.description
        guard text.utf8.contains(UInt8(ascii: "e")) else {
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        let (digits, point) = decimal(value.magnitude)
        let sign = value.sign == .minus ? "-" : ""
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count {
            return sign + digits + String(repeating: "0", count: point - digits.count)
        }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The format in which the API prints samples: `e` for what is very small or large
    /// (`marshalValue` in Prometheus' web/api/v1).
    static func sample(_ value: Double) -> String {
        let magnitude = value.magnitude
        guard value.isFinite, magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 else {
            return fixed(value)
        }
        let (digits, point) = decimal(magnitude)
        let fraction = digits.count > 1 ? ".\(digits.dropFirst())" : ""
        let exponent = point - 1
        let width = exponent.magnitude < 10 ? "0" : ""
        return "\(value < 0 ? "-" : "")\(digits.prefix(1))\(fraction)"
            + "e\(exponent < 0 ? "-" : "+")\(width)\(exponent.magnitude)"
    }

    private static func special(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        return value > 0 ? "+Inf" : "-Inf"
    }

    /// The digits of a number without zeros around them, and how many stand before the point.
    private static func decimal(_ magnitude: Double) -> (digits: String, point: Int) {
        let parts = magnitude.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let whole = parts[0].prefix { $0 != "." }
        let digits = parts[0].filter { $0 != "." }
        let leadingZeros = digits.prefix { $0 == "0" }.count
        var significant = digits.dropFirst(leadingZeros)
        while significant.last == "0" { significant.removeLast() }
        return (String(significant), whole.count + exponent - leadingZeros)
    }
}
