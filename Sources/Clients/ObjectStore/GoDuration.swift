/// Prometheus' durations, such as `1m30s` (model.ParseDuration in prometheus/common).
enum GoDuration {
    /// Milliseconds a unit, in the order in which units have to stand.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
        ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var next = units.startIndex
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { ("a"..."z").contains($0) }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits),
                let place = units[next...].firstIndex(where: { $0.name == name })
            else { return nil }
            let product = count.multipliedReportingOverflow(by: units[place].milliseconds)
            let sum = total.addingReportingOverflow(product.partialValue)
            guard !product.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
            next = place + 1
        }
        return text.isEmpty ? nil : .milliseconds(total)
    }
}
