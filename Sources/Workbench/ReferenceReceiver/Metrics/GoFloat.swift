/// Numbers as Go prints them with `strconv.FormatFloat(_, 'g', -1, 64)`.
enum GoFloat {
    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        let sign = number.sign == .minus ? "-" : ""
        guard number != 0 else { return sign + "0" }
        let (digits, exponent) = shortest(number.magnitude)
        // Go's limits for the shortest digits, whatever their count.
        let isPositional = -4..<6 ~= exponent
        return sign + (isPositional ? positional(digits, exponent) : scientific(digits, exponent))
    }

    /// The fewest digits that name the number, and the power of ten of the first one.
    private static func shortest(_ number: Double) -> (digits: String, exponent: Int) {
        let parts = "\(number)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = mantissa.joined()
        let significant = all.drop { $0 == "0" }
        let exponent = power + mantissa[0].count - 1 - (all.count - significant.count)
        let digits = String(significant.reversed().drop { $0 == "0" }.reversed())
        return (digits, exponent)
    }

    private static func positional(_ digits: String, _ exponent: Int) -> String {
        guard exponent >= 0 else {
            return "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = digits.prefix(exponent + 1)
        let fraction = digits.dropFirst(exponent + 1)
        let padding = String(repeating: "0", count: exponent + 1 - whole.count)
        return whole + padding + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        let fraction = digits.dropFirst()
        let power = exponent.magnitude
        return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
            + (exponent < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + String(power)
    }
}
