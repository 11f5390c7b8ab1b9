import TimeSeries

/// The samples of a series within a range (promql/functions.go of Prometheus 2.42).
struct SampleWindow {
    let samples: ArraySlice<Sample>
    /// Milliseconds since 1970, both included.
    let start: Int64
    let end: Int64

    /// The value of a function over time; nil where there are too few samples.
    func value(of function: QueryFunction) -> Double? {
        switch function {
        case .rate: increase(isCounter: true).map { $0 / seconds(from: start, to: end) }
        case .increase: increase(isCounter: true)
        case .delta: increase(isCounter: false)
        case .irate: instantRate
        case .countOverTime: samples.isEmpty ? nil : Double(samples.count)
        case .sumOverTime: tally?.sum.compensated
        case .avgOverTime: tally?.mean.sum.compensated
        case .minOverTime: tally?.minimum
        case .maxOverTime: tally?.maximum
        case .lastOverTime: samples.last?.value
        case .abs, .ceil, .floor, .absent, .timestamp, .time, .scalar, .vector: nil
        }
    }

    private var tally: Tally? {
        guard !samples.isEmpty else { return nil }
        var tally = Tally()
        for sample in samples { tally.add(sample.value) }
        return tally
    }

    /// The difference of first and last value, extrapolated to the borders of the range
    /// (`extrapolatedRate`).
    private func increase(isCounter: Bool) -> Double? {
        guard let first = samples.first, let last = samples.last, samples.count > 1 else {
            return nil
        }
        let difference = last.value - first.value + (isCounter ? lostToResets : 0)
        let sampled = seconds(from: first.timestamp, to: last.timestamp)
        let interval = sampled / Double(samples.count - 1)
        var toStart = seconds(from: start, to: first.timestamp)
        if isCounter, difference > 0, first.value >= 0 {
            // A counter cannot have been negative, so it did not begin before it was zero.
            toStart = min(toStart, sampled * (first.value / difference))
        }
        let toEnd = seconds(from: last.timestamp, to: end)
        let covered =
            sampled + Self.extrapolation(toStart, interval) + Self.extrapolation(toEnd, interval)
        return difference * (covered / sampled)
    }

    /// The whole gap to a border, or half an interval where the gap is too wide for chance.
    private static func extrapolation(_ gap: Double, _ interval: Double) -> Double {
        gap < interval * 1.1 ? gap : interval / 2
    }

    /// What a counter had before each fall.
    private var lostToResets: Double {
        zip(samples, samples.dropFirst()).reduce(0) { sum, pair in
            pair.1.value < pair.0.value ? sum + pair.0.value : sum
        }
    }

    /// By the last two samples only (`instantValue`).
    private var instantRate: Double? {
        guard samples.count > 1, let last = samples.last, let previous = samples.dropLast().last,
            last.timestamp > previous.timestamp
        else { return nil }
        let difference =
            last.value < previous.value ? last.value : last.value - previous.value
        return difference / seconds(from: previous.timestamp, to: last.timestamp)
    }

    private func seconds(from start: Int64, to end: Int64) -> Double {
        Double(end - start) / 1000
    }
}
