/// Reads the texts of flag values as the Go libraries behind kingpin do.
package enum FlagValue {
    struct Refusal {
        let code: FlagProblem.Code
        let message: String
    }

    static func refusal(of text: String, kind: ReceiveFlagSpec.Kind) -> Refusal? {
        switch kind {
        case .text, .boolean:
            nil
        case .integer, .decimal:
            // kingpin reads an int through ParseFloat too.
            Double(text) == nil ? badNumber("ParseFloat", text) : nil
        case .unsignedInteger:
            UInt64(text) == nil ? badNumber("ParseUint", text) : nil
        case .duration:
            prometheusRefusal(of: text)
        case .goDuration:
            goDuration(text) == nil
                ? Refusal(
                    code: .badDuration,
                    message: "time: invalid duration \(GoString.quoted(text))") : nil
        case .byteCount:
            byteCount(text) == nil
                ? Refusal(code: .badByteCount, message: "units: invalid \(text)") : nil
        case .choice(let allowed):
            allowed.contains(text)
                ? nil
                : Refusal(
                    code: .badEnum,
                    message: "enum value must be one of \(allowed.joined(separator: ",")), "
                        + "got '\(text)'")
        }
    }

    private static func badNumber(_ parser: String, _ text: String) -> Refusal {
        Refusal(
            code: .badNumber,
            message: "strconv.\(parser): parsing \(GoString.quoted(text)): invalid syntax")
    }

    private static func prometheusRefusal(of text: String) -> Refusal? {
        if text.isEmpty {
            return Refusal(code: .badDuration, message: "empty duration string")
        }
        guard prometheusDuration(text) == nil else { return nil }
        return Refusal(
            code: .badDuration,
            message: "not a valid duration string: \(GoString.quoted(text))")
    }
}

extension FlagValue {
    /// Units of `model.ParseDuration` in the order it demands, with their milliseconds.
    private static let prometheusUnits: [(suffix: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
        ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads Prometheus' durations: `15d`, `1h30m`, `0`.
    package static func prometheusDuration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        guard !text.isEmpty else { return nil }
        var rest = Substring(text)
        var units = prometheusUnits[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let amount = Int64(takePrefix(&rest, while: isDigit)) else { return nil }
            let suffix = takePrefix(&rest, while: { !isDigit($0) })
            guard let found = units.firstIndex(where: { $0.suffix == suffix }) else { return nil }
            let (product, overflow) = amount.multipliedReportingOverflow(
                by: units[found].milliseconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(product)
            // Thanos holds nanoseconds in 64 bits; more is "duration out of range".
            guard !overflow, !sumOverflow, sum <= Int64.max / 1_000_000 else { return nil }
            total = sum
            units = units[(found + 1)...]
        }
        return .milliseconds(total)
    }

    /// Units of Go's `time.ParseDuration`, with their nanoseconds.
    private static let goUnits: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
    ]

    /// Reads Go's durations: `1h0m0.5s`, `-2s`, `0`.
    package static func goDuration(_ text: String) -> Duration? {
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        if rest == "0" { return .zero }
        guard !rest.isEmpty else { return nil }
        var nanoseconds = 0.0
        while !rest.isEmpty {
            let number = takePrefix(&rest, while: { isDigit($0) || $0 == "." })
            let unit = takePrefix(&rest, while: { !isDigit($0) && $0 != "." })
            guard let amount = Double(number), let factor = goUnits[String(unit)] else {
                return nil
            }
            nanoseconds += amount * factor
        }
        guard nanoseconds < 9.2e18 else { return nil }
        return .nanoseconds(Int64(isNegative ? -nanoseconds : nanoseconds))
    }

    /// Reads `units.Base2Bytes`: KB and KiB both mean 1024 bytes; `0` needs no unit.
    package static func byteCount(_ text: String) -> Int64? {
        if text == "0" { return 0 }
        var rest = Substring(text)
        let number = takePrefix(&rest, while: { isDigit($0) || $0 == "." })
        guard let amount = Double(number) else { return nil }
        var unit = String(rest)
        guard unit.hasSuffix("B") else { return nil }
        unit.removeLast()
        if unit.hasSuffix("i") && unit.count == 2 { unit.removeLast() }
        let powers = ["", "K", "M", "G", "T", "P", "E"]
        guard let power = powers.firstIndex(of: unit) else { return nil }
        let bytes = (0..<power).reduce(amount) { total, _ in total * 1024 }
        guard bytes < 9.2e18 else { return nil }
        return Int64(bytes)
    }

    private static func isDigit(_ character: Character) -> Bool {
        ("0"..."9").contains(character)
    }

    private static func takePrefix(
        _ text: inout Substring, while matches: (Character) -> Bool
    ) -> Substring {
        let prefix = text.prefix(while: matches)
        text = text[prefix.endIndex...]
        return prefix
    }
}
