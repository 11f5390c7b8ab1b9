import Synchronization

/// The values behind `/metrics`.
///
/// A class because every request adds to them.
final class ReceiverMetrics: Sendable {
    typealias Labels = [(name: String, value: String)]
    /// Tells values that are known only when somebody asks.
    typealias Collector = @Sendable (inout Scrape) -> Void

    private struct State {
        var series: [MetricFamily: [LabelValues: MetricSeries]] = [:]
        var collectors: [Collector] = []
    }

    /// Label sets a family may hold: a client chooses its tenant, and with it how much we keep.
    static let labelSetLimit = 10_000

    private let state = Mutex(State())

    /// The place where one label set is counted; it is shown from now on, at zero first.
    ///
    /// Counting beyond the limit of label sets goes nowhere.
    @discardableResult
    func series(_ family: MetricFamily, _ labels: Labels = []) -> MetricSeries {
        let values = LabelValues(labels, of: family)
        return state.withLock { state in
            if let known = state.series[family]?[values] { return known }
            let fresh = MetricSeries(family.kind)
            if state.series[family, default: [:]].count < Self.labelSetLimit {
                state.series[family, default: [:]][values] = fresh
            }
            return fresh
        }
    }

    func set(_ family: MetricFamily, _ labels: Labels = [], to number: Double) {
        series(family, labels).set(to: number)
    }

    func add(_ number: Double = 1, to family: MetricFamily, _ labels: Labels = []) {
        series(family, labels).add(number)
    }

    /// Takes one observation into a histogram or summary.
    func observe(_ number: Double, in family: MetricFamily, _ labels: Labels = []) {
        series(family, labels).observe(number)
    }

    func observe(_ number: Int, in family: MetricFamily, _ labels: Labels = []) {
        observe(Double(number), in: family, labels)
    }

    /// Stops showing what carries a label, such as a tenant that is gone.
    func forget(_ families: [MetricFamily], where name: String, is value: String) {
        state.withLock { state in
            for family in families {
                guard let index = family.labelNames.firstIndex(of: name) else { continue }
                state.series[family]?
                    .keys.filter { $0.values[index] == value }
                    .forEach { state.series[family]?[$0] = nil }
            }
        }
    }

    /// Asks the collector at every scrape; what it says goes before what was counted.
    func collect(_ collector: @escaping Collector) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// The page as client_golang prints it.
    func render() -> String {
        let state = state.withLock { $0 }
        var scrape = Scrape(state.series.mapValues { $0.mapValues(\.value) })
        for collector in state.collectors { collector(&scrape) }
        return Exposition(scrape).text
    }
}

/// Everything that one scrape is going to show.
struct Scrape {
    private(set) var values: [MetricFamily: [LabelValues: MetricValue]]

    init(_ values: [MetricFamily: [LabelValues: MetricValue]] = [:]) {
        self.values = values
    }

    /// Shows a counter or gauge.
    mutating func set(
        _ family: MetricFamily, _ labels: ReceiverMetrics.Labels = [], to number: Double
    ) {
        var value = MetricValue(family.kind)
        value.number = number
        values[family, default: [:]][LabelValues(labels, of: family)] = value
    }
}
