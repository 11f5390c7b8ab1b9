import Glibc
import TimeSeries

/// A bucket of a native histogram with its borders.
struct HistogramBucket {
    /// Which borders belong to the bucket, as the HTTP API numbers them.
    enum Borders: Int {
        case upperOnly = 0
        case lowerOnly = 1
        case both = 3
    }

    let borders: Borders
    let lower: Double
    let upper: Double
    let count: Double
}

extension NativeHistogram {
    /// The number of all observations.
    var observations: Double {
        switch counts {
        case .integer(let counts): Double(counts.count)
        case .float(let counts): counts.count
        }
    }

    /// The buckets that are not empty, from the lowest to the highest.
    var buckets: [HistogramBucket] {
        let negative = populations(layout.negativeSpans, negativeCounts).map { index, count in
            HistogramBucket(
                borders: .lowerOnly, lower: -layout.upperBorder(of: index),
                upper: -layout.upperBorder(of: index - 1), count: count)
        }
        let positive = populations(layout.positiveSpans, positiveCounts).map { index, count in
            HistogramBucket(
                borders: .upperOnly, lower: layout.upperBorder(of: index - 1),
                upper: layout.upperBorder(of: index), count: count)
        }
        let zero = HistogramBucket(
            borders: .both, lower: -layout.zeroThreshold, upper: layout.zeroThreshold,
            count: zeroCount)
        return (negative.reversed() + [zero] + positive).filter { $0.count != 0 }
    }

    private var zeroCount: Double {
        switch counts {
        case .integer(let counts): Double(counts.zeroCount)
        case .float(let counts): counts.zeroCount
        }
    }

    private var positiveCounts: [Double] {
        switch counts {
        case .integer(let counts): Self.sums(counts.positiveDeltas)
        case .float(let counts): counts.positive
        }
    }

    private var negativeCounts: [Double] {
        switch counts {
        case .integer(let counts): Self.sums(counts.negativeDeltas)
        case .float(let counts): counts.negative
        }
    }

    private static func sums(_ deltas: [Int64]) -> [Double] {
        var sum: Int64 = 0
        return deltas.map { delta in
            sum &+= delta
            return Double(sum)
        }
    }

    /// Each count with the index of its bucket; counts that no span has a place for are left out.
    private func populations(_ spans: [BucketSpan], _ counts: [Double]) -> [(Int, Double)] {
        var result: [(Int, Double)] = []
        var index = 0
        for span in spans {
            index += Int(span.offset)
            let rest = counts.count - result.count
            for _ in 0..<min(Int(span.length), rest) {
                result.append((index, counts[result.count]))
                index += 1
            }
        }
        return result
    }
}

extension HistogramLayout {
    private static let customBuckets: Int32 = -53

    /// The upper border of a bucket (`getBound` in Prometheus' model/histogram).
    fileprivate func upperBorder(of index: Int) -> Double {
        if schema == Self.customBuckets {
            guard index >= 0 else { return -.infinity }
            return index < customValues.count ? customValues[index] : .infinity
        }
        guard (-4...8).contains(schema) else { return .nan }
        let bucketsPerDoubling = exp2(Double(schema))
        let power = Double(index) / bucketsPerDoubling
        let whole = power.rounded(.down)
        guard whole < 1024 else {
            return power == 1024 ? .greatestFiniteMagnitude : .infinity
        }
        guard whole > -1100 else { return 0 }
        return Double(sign: .plus, exponent: Int(whole), significand: exp2(power - whole))
    }
}
