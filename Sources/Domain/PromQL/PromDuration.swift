/// Durations as Prometheus writes them: `1d2h`, `5m`, `30s`, `100ms`
/// (`ParseDuration` in prometheus/common/model).
enum PromDuration {
    struct Fault: Error {
        let message: String
    }

    /// Units from the largest to the smallest, which is the order they have to come in.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
        ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Go keeps nanoseconds in 64 bits.
    static let longest = Int64.max / 1_000_000

    static func milliseconds(_ text: String) throws(Fault) -> Int64 {
        if text == "0" { return 0 }
        guard !text.isEmpty else { throw Fault(message: "empty duration string") }
        var total: Int64 = 0
        var remaining = units[...]
        var rest = Substring(text)
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard !digits.isEmpty, let unit = remaining.firstIndex(where: { $0.name == name })
            else { throw Fault(message: "not a valid duration string: \(quoted(text))") }
            total = try sum(total, digits, times: units[unit].milliseconds)
            remaining = remaining[(unit + 1)...]
        }
        return total
    }

    private static func sum(
        _ total: Int64, _ digits: Substring, times unit: Int64
    ) throws(Fault) -> Int64 {
        let (product, overflow) = (Int64(digits) ?? .max).multipliedReportingOverflow(by: unit)
        guard !overflow, product <= longest - total else {
            throw Fault(message: "duration out of range")
        }
        return total + product
    }
}
