/// A native histogram at one moment, as remote write and the TSDB carry it.
package struct NativeHistogram: Hashable, Sendable {
    package var resetHint: CounterResetHint
    package var layout: HistogramLayout
    package var sum: Double
    package var counts: Counts

    /// Whole observations, as clients count them, or fractions, as rules and rates leave them.
    package enum Counts: Hashable, Sendable {
        case integer(IntegerCounts)
        case float(FloatCounts)
    }

    package init(
        resetHint: CounterResetHint = .unknown, layout: HistogramLayout, sum: Double,
        counts: Counts
    ) {
        self.resetHint = resetHint
        self.layout = layout
        self.sum = sum
        self.counts = counts
    }

    /// A stale marker is a histogram whose sum has the marker's bits.
    package var isStaleMarker: Bool {
        sum.bitPattern == Sample.staleMarker.bitPattern
    }
}

/// Whether a counter started anew before this histogram (`ResetHint` in prompb/types.proto).
package enum CounterResetHint: UInt8, Hashable, Sendable {
    case unknown = 0
    case reset = 1
    case notReset = 2
    case gauge = 3
}

/// Which buckets a histogram has; equal layouts have comparable buckets.
package struct HistogramLayout: Hashable, Sendable {
    /// -4…8 exponential, -53 custom boundaries.
    package var schema: Int32
    package var zeroThreshold: Double
    package var positiveSpans: [BucketSpan]
    package var negativeSpans: [BucketSpan]
    /// Upper boundaries of custom buckets; empty for exponential schemas.
    package var customValues: [Double]

    package init(
        schema: Int32, zeroThreshold: Double, positiveSpans: [BucketSpan] = [],
        negativeSpans: [BucketSpan] = [], customValues: [Double] = []
    ) {
        self.schema = schema
        self.zeroThreshold = zeroThreshold
        self.positiveSpans = positiveSpans
        self.negativeSpans = negativeSpans
        self.customValues = customValues
    }
}

/// A run of neighbouring buckets.
package struct BucketSpan: Hashable, Sendable {
    /// Buckets left out since the end of the last span; for the first, the index it starts at.
    package var offset: Int32
    package var length: UInt32

    package init(offset: Int32, length: UInt32) {
        self.offset = offset
        self.length = length
    }
}

/// Observations as whole numbers; each bucket is the difference to the bucket before it.
package struct IntegerCounts: Hashable, Sendable {
    package var count: UInt64
    package var zeroCount: UInt64
    package var positiveDeltas: [Int64]
    package var negativeDeltas: [Int64]

    package init(
        count: UInt64, zeroCount: UInt64, positiveDeltas: [Int64] = [],
        negativeDeltas: [Int64] = []
    ) {
        self.count = count
        self.zeroCount = zeroCount
        self.positiveDeltas = positiveDeltas
        self.negativeDeltas = negativeDeltas
    }
}

/// Observations as floats; each bucket stands for itself.
package struct FloatCounts: Hashable, Sendable {
    package var count: Double
    package var zeroCount: Double
    package var positive: [Double]
    package var negative: [Double]

    package init(
        count: Double, zeroCount: Double, positive: [Double] = [], negative: [Double] = []
    ) {
        self.count = count
        self.zeroCount = zeroCount
        self.positive = positive
        self.negative = negative
    }
}
