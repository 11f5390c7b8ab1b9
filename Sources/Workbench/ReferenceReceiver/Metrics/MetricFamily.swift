/// What `/metrics` says about one name before its values.
struct MetricFamily: Sendable {
    /// How values of the family behave.
    enum Kind: Hashable, Sendable {
        case counter
        case gauge
        /// The upper bounds of the buckets, ascending, without the infinite one.
        case histogram(bounds: [Double])
        /// The shares of observations, in 0...1, below which a value is told.
        case summary(quantiles: [Double])
    }

    let name: String
    let help: String
    let kind: Kind
    /// In the order in which they are printed.
    let labelNames: [String]

    static func counter(
        _ name: String, _ help: String, by labelNames: [String] = []
    ) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .counter, labelNames: labelNames)
    }

    static func gauge(
        _ name: String, _ help: String, by labelNames: [String] = []
    ) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .gauge, labelNames: labelNames)
    }

    static func histogram(
        _ name: String, _ help: String, by labelNames: [String] = [], bounds: [Double]
    ) -> MetricFamily {
        MetricFamily(
            name: name, help: help, kind: .histogram(bounds: bounds), labelNames: labelNames)
    }

    static func summary(
        _ name: String, _ help: String, by labelNames: [String] = [], quantiles: [Double] = []
    ) -> MetricFamily {
        MetricFamily(
            name: name, help: help, kind: .summary(quantiles: quantiles), labelNames: labelNames)
    }

    /// Bounds of which each is `factor` times the one before (`prometheus.ExponentialBuckets`).
    static func exponential(from first: Double, by factor: Double, count: Int) -> [Double] {
        Array(sequence(first: first) { $0 * factor }.prefix(count))
    }
}

/// A family is its name: no two may share one.
extension MetricFamily: Hashable {
    static func == (left: MetricFamily, right: MetricFamily) -> Bool { left.name == right.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The values of a family's labels, in the order of their names.
struct LabelValues: Hashable, Sendable {
    let values: [String]

    /// A label that is missing counts as empty, which to Prometheus is the same.
    init(_ labels: ReceiverMetrics.Labels, of family: MetricFamily) {
        values = family.labelNames.map { name in
            labels.first { $0.name == name }?.value ?? ""
        }
    }
}

extension LabelValues: Comparable {
    /// By bytes, as Go compares.
    static func < (left: LabelValues, right: LabelValues) -> Bool {
        left.values.lexicographicallyPrecedes(right.values) {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }
}
