/// Prometheus' text format, version 0.0.4, with client_golang's order and numbers.
struct Exposition {
    private(set) var text = ""

    init(_ scrape: Scrape) {
        let families = scrape.values.sorted {
            $0.key.name.utf8.lexicographicallyPrecedes($1.key.name.utf8)
        }
        for (family, series) in families where !series.isEmpty {
            text += "# HELP \(family.name) \(Self.escaped(family.help, quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.text)\n"
            for (labels, value) in series.sorted(by: { $0.key < $1.key }) {
                append(family, labels, value)
            }
        }
    }

    private mutating func append(
        _ family: MetricFamily, _ labels: LabelValues, _ value: MetricValue
    ) {
        let pairs = zip(family.labelNames, labels.values).map { name, value in
            "\(name)=\"\(Self.escaped(value, quotes: true))\""
        }
        let sum = GoFloat.text(value.number)
        switch family.kind {
        case .counter, .gauge:
            appendLine(family.name, pairs, sum)
            return
        case .histogram(let bounds):
            let name = family.name + "_bucket"
            for (bound, count) in zip(bounds, value.cumulativeBuckets) {
                appendLine(name, pairs + ["le=\"\(GoFloat.text(bound))\""], String(count))
            }
            appendLine(name, pairs + ["le=\"+Inf\""], String(value.count))
        case .summary(let shares):
            for (share, number) in zip(shares, value.recent.quantiles(shares)) {
                appendLine(
                    family.name, pairs + ["quantile=\"\(GoFloat.text(share))\""],
                    GoFloat.text(number))
            }
        }
        appendLine(family.name + "_sum", pairs, sum)
        appendLine(family.name + "_count", pairs, String(value.count))
    }

    private mutating func appendLine(_ name: String, _ pairs: [String], _ value: String) {
        let braces = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
        text += "\(name)\(braces) \(value)\n"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension MetricFamily.Kind {
    /// The word of the `# TYPE` line.
    var text: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        case .summary: "summary"
        }
    }
}
