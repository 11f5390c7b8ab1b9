import Synchronization

/// One label set of a family: what code that counts often holds on to.
///
/// A class because whoever counts shares it with whoever prints.
final class MetricSeries: Sendable {
    private let kind: MetricFamily.Kind
    private let state: Mutex<MetricValue>

    init(_ kind: MetricFamily.Kind) {
        self.kind = kind
        state = Mutex(MetricValue(kind))
    }

    var value: MetricValue { state.withLock { $0 } }

    func add(_ number: Double = 1) {
        state.withLock { $0.number += number }
    }

    func set(to number: Double) {
        state.withLock { $0.number = number }
    }

    /// Takes one observation into a histogram or summary.
    func observe(_ number: Double) {
        state.withLock { $0.observe(number, kind: kind) }
    }
}
