/// What `/metrics` answered, as far as it was wanted.
package struct MetricsPage: Sendable, Hashable {
    /// One series and its value.
    package struct Point: Sendable, Hashable {
        package let labels: [String: String]
        package let value: Double

        package init(labels: [String: String], value: Double) {
            self.labels = labels
            self.value = value
        }
    }

    private var families: [String: [Point]] = [:]
    /// Why the page is not whole: it was longer than a bound, or held lines that are no metrics.
    package internal(set) var defect: MetricsDefect?

    package init() {}

    package mutating func add(_ point: Point, to name: String) {
        families[name, default: []].append(point)
    }

    /// Says that the page was cut.
    package mutating func markTooLong(bytes: Int) {
        defect = .tooLong(bytes: bytes)
    }

    /// The series of a name, in the order of the page.
    package func points(_ name: String) -> [Point] { families[name] ?? [] }

    /// The names that were kept, sorted.
    package var names: [String] { families.keys.sorted() }

    package var isEmpty: Bool { families.isEmpty }

    /// The sum over the series of a name that have these labels; nil when there is none.
    package func sum(_ name: String, where labels: [String: String] = [:]) -> Double? {
        let chosen = points(name).filter { point in
            labels.allSatisfy { point.labels[$0.key] == $0.value }
        }
        return chosen.isEmpty ? nil : chosen.reduce(0) { $0 + $1.value }
    }
}

/// What is wrong with a page.
package enum MetricsDefect: Sendable, Hashable {
    /// So many bytes were read, and more came.
    case tooLong(bytes: Int)
    /// So many series were wanted and kept, and more came.
    case tooManySeries(Int)
    /// The first line, from 1, that is not in the text format.
    case malformed(line: Int)
    /// Not one line is a metric: another page, HTML or a compressed one.
    case notMetrics
}
