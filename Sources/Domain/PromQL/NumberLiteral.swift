/// Numbers as PromQL writes them, read as Go's `strconv` reads them.
enum NumberLiteral {
    struct Fault: Error {
        let message: String
    }

    /// Whole numbers may be hexadecimal or, after a zero, octal.
    static func value(of text: String) throws(Fault) -> Double {
        let lowercased = text.lowercased()
        switch lowercased {
        case "inf": return .infinity
        case "nan": return .nan
        default: break
        }
        if lowercased.hasPrefix("0x") {
            guard let number = Int64(lowercased.dropFirst(2), radix: 16) else {
                throw fault(text, "invalid syntax")
            }
            return Double(number)
        }
        if lowercased.hasPrefix("0"), let octal = Int64(lowercased, radix: 8) {
            return Double(octal)
        }
        guard let number = Double(lowercased) else { throw fault(text, "invalid syntax") }
        guard number.isFinite else { throw fault(text, "value out of range") }
        return number
    }

    private static func fault(_ text: String, _ reason: String) -> Fault {
        Fault(message: "strconv.ParseFloat: parsing \(quoted(text)): \(reason)")
    }
}
