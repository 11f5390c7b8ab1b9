/// What is known of one label set of a family.
struct MetricValue: Sendable {
    /// A counter or gauge; otherwise the sum of all observations.
    var number = 0.0
    private(set) var count = 0
    /// Observations of a histogram that are above one bound and not above the next.
    private var buckets: [Int] = []
    private(set) var recent = RecentObservations()

    init(_ kind: MetricFamily.Kind) {
        if case .histogram(let bounds) = kind {
            buckets = [Int](repeating: 0, count: bounds.count)
        }
    }

    mutating func observe(_ observed: Double, kind: MetricFamily.Kind) {
        number += observed
        count += 1
        switch kind {
        case .counter, .gauge: break
        case .histogram(let bounds):
            guard let index = bounds.firstIndex(where: { observed <= $0 }) else { return }
            buckets[index] += 1
        case .summary(let quantiles):
            guard !quantiles.isEmpty else { return }
            recent.append(observed)
        }
    }

    /// Observations up to each bound, as the text format counts them.
    var cumulativeBuckets: [Int] {
        var total = 0
        return buckets.map { count in
            total += count
            return total
        }
    }
}

/// The newest observations of a summary.
///
/// Thanos looks ten minutes back instead; without a clock we look back by number.
struct RecentObservations: Sendable {
    private static let capacity = 500

    private var values: [Double] = []
    private var next = 0

    mutating func append(_ value: Double) {
        if values.count < Self.capacity {
            values.append(value)
        } else {
            values[next] = value
            next = (next + 1) % Self.capacity
        }
    }

    /// The values at the given shares; not a number before the first observation.
    func quantiles(_ shares: [Double]) -> [Double] {
        guard !values.isEmpty else { return shares.map { _ in .nan } }
        let sorted = values.sorted()
        return shares.map { share in
            sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
        }
    }
}
