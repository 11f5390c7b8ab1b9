import FoundationEssentials

@testable import ReferenceReceiver

/// A page of metrics as a real receiver printed it, taken apart.
struct RecordedMetrics {
    struct Line {
        let name: String
        /// In the order printed, with `le` and `quantile`.
        let labels: [(name: String, value: String)]
        let value: Double
    }

    /// What stands between two `# HELP` lines.
    struct Family {
        let name: String
        let help: String
        var type = ""
        var lines: [Line] = []
    }

    static let files = [
        "receive-healthy", "receive-no-matching-hashring", "receive-one-peer-down",
        "receive-out-of-order", "receive-two-peers-down",
    ]

    let text: String
    private(set) var families: [Family] = []

    init(file: String) throws {
        let url = Fixture.url("receive-conformance/metrics/\(file).prom")
        self.init(text: try String(contentsOf: url, encoding: .utf8))
    }

    init(text: String) {
        self.text = text
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
            if line.hasPrefix("# HELP ") {
                families.append(Family(name: String(words[2]), help: String(words[3])))
            } else if line.hasPrefix("# TYPE ") {
                families[families.count - 1].type = String(words[3])
            } else {
                families[families.count - 1].lines.append(Line(line))
            }
        }
    }

    /// Every name with its labels, without the values.
    var seriesNames: Set<String> {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Set(
            lines.map { line in String(line[..<(line.lastIndex(of: " ") ?? line.endIndex)]) })
    }
}

extension RecordedMetrics.Line {
    /// The recordings hold no escaped label values.
    fileprivate init(_ line: Substring) {
        let blank = line.lastIndex(of: " ") ?? line.startIndex
        let series = line[..<blank]
        value = Double(line[line.index(after: blank)...]) ?? .nan
        guard let brace = series.firstIndex(of: "{") else {
            name = String(series)
            labels = []
            return
        }
        name = String(series[..<brace])
        labels = series[brace...].dropFirst().dropLast(2).split(separator: "\",").map { pair in
            let parts = pair.split(separator: "=\"", omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}

extension RecordedMetrics.Family {
    /// The label names of its lines, without those that the type adds.
    var labelNames: [String] {
        lines.first?.labels.map(\.name).filter { $0 != "le" && $0 != "quantile" } ?? []
    }

    /// The bounds or quantiles, in the order printed, without the infinite one.
    var steps: [Double] {
        var steps: [Double] = []
        for label in lines.flatMap(\.labels) where ["le", "quantile"].contains(label.name) {
            let step = label.value == "+Inf" ? Double.infinity : Double(label.value) ?? .nan
            if step.isFinite, !steps.contains(step) { steps.append(step) }
        }
        return steps
    }

    /// The values as the receiver that printed them must have held them.
    func values(of family: MetricFamily) -> [LabelValues: MetricValue] {
        var values: [LabelValues: MetricValue] = [:]
        var above: [LabelValues: Int] = [:]
        for line in lines {
            let labels = LabelValues(line.labels, of: family)
            var value = values[labels] ?? MetricValue(family.kind)
            if let bound = line.labels.first(where: { $0.name == "le" })?.value {
                let step = bound == "+Inf" ? Double.infinity : Double(bound) ?? .nan
                for _ in above[labels, default: 0]..<Int(line.value) {
                    value.observe(step, kind: family.kind)
                }
                above[labels] = Int(line.value)
            } else if !line.name.hasSuffix("_count"), !line.value.isNaN {
                value.number = line.value
            }
            values[labels] = value
        }
        return values
    }
}
