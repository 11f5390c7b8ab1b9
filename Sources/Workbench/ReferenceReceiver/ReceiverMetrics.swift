import Synchronization

/// The values behind `/metrics`.
///
/// A class because every request adds to them.
final class ReceiverMetrics: Sendable {
    typealias Labels = [(name: String, value: String)]

    /// Upper bounds of the two write histograms (`NewHandler` in pkg/receive/handler.go).
    private static let bounds = [10, 50, 100, 500, 1000, 5000, 10_000]

    /// Label sets a family may hold: a client chooses its tenant, and with it how much we keep.
    static let labelSetLimit = 10_000

    private struct Value {
        var sum = 0.0
        var count = 0
        var buckets = [Int](repeating: 0, count: ReceiverMetrics.bounds.count)
    }

    /// Values by the text of their labels, as it is printed.
    private let values = Mutex<[MetricFamily: [String: Value]]>([:])

    func set(_ family: MetricFamily, _ labels: Labels = [], to number: Double) {
        update(family, labels) { $0.sum = number }
    }

    func add(_ number: Double = 1, to family: MetricFamily, _ labels: Labels = []) {
        update(family, labels) { $0.sum += number }
    }

    /// Adds one observation to a histogram.
    func observe(_ number: Int, in family: MetricFamily, _ labels: Labels) {
        update(family, labels) { value in
            value.sum += Double(number)
            value.count += 1
            for (index, bound) in Self.bounds.enumerated() where number <= bound {
                value.buckets[index] += 1
            }
        }
    }

    private func update(
        _ family: MetricFamily, _ labels: Labels, _ change: (inout Value) -> Void
    ) {
        let key = Self.text(of: labels)
        values.withLock { values in
            let isFull = values[family, default: [:]].count >= Self.labelSetLimit
            guard !isFull || values[family]?[key] != nil else { return }
            change(&values[family, default: [:]][key, default: Value()])
        }
    }

    /// The text format, families and label sets in order.
    func render() -> String {
        let values = values.withLock { $0 }
        var text = ""
        for family in MetricFamily.allCases.sorted(by: { $0.name < $1.name }) {
            guard let sets = values[family] else { continue }
            text += "# HELP \(family.name) \(family.help)\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for (labels, value) in sets.sorted(by: { $0.key < $1.key }) {
                text += Self.lines(family, labels, value)
            }
        }
        return text
    }

    private static func lines(_ family: MetricFamily, _ labels: String, _ value: Value) -> String {
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        switch family.kind {
        case .counter, .gauge:
            return "\(family.name)\(braces) \(text(of: value.sum))\n"
        case .histogram:
            var lines = ""
            for (bound, count) in zip(bounds, value.buckets) {
                lines += "\(family.name)_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
            }
            lines += "\(family.name)_bucket{\(labels),le=\"+Inf\"} \(value.count)\n"
            lines += "\(family.name)_sum\(braces) \(text(of: value.sum))\n"
            return lines + "\(family.name)_count\(braces) \(value.count)\n"
        }
    }

    private static func text(of number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }

    private static func text(of labels: Labels) -> String {
        labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
