import TimeSeries

/// The last float histogram of a chunk, from which the next is written or read.
struct FloatHistory: Sendable {
    private(set) var sum: XORValue
    private var count: XORValue
    private var zeroCount: XORValue
    private var positive: [XORValue]
    private var negative: [XORValue]

    var counts: FloatCounts {
        FloatCounts(
            count: count.value, zeroCount: zeroCount.value, positive: positive.map(\.value),
            negative: negative.map(\.value))
    }
}

extension FloatHistory {
    /// Writes the first histogram of a chunk whole.
    init(_ counts: FloatCounts, sum: Double, to output: inout BitWriter) {
        self.sum = XORValue(sum.bitPattern)
        count = XORValue(counts.count.bitPattern)
        zeroCount = XORValue(counts.zeroCount.bitPattern)
        positive = counts.positive.map { XORValue($0.bitPattern) }
        negative = counts.negative.map { XORValue($0.bitPattern) }
        for value in [count, zeroCount, self.sum] + positive + negative {
            output.write(value.bits, count: 64)
        }
    }

    /// Writes the next one, which has as many buckets or is a stale marker.
    mutating func write(_ counts: FloatCounts, sum: Double, to output: inout BitWriter) {
        guard sum.bitPattern != Sample.staleMarker.bitPattern else {
            return writeStaleMarker(to: &output)
        }
        count.write(counts.count.bitPattern, to: &output)
        zeroCount.write(counts.zeroCount.bitPattern, to: &output)
        self.sum.write(sum.bitPattern, to: &output)
        for (index, value) in counts.positive.enumerated() {
            positive[index].write(value.bitPattern, to: &output)
        }
        for (index, value) in counts.negative.enumerated() {
            negative[index].write(value.bitPattern, to: &output)
        }
    }

    /// Writes the end of a series, of which only the sum means something.
    private mutating func writeStaleMarker(to output: inout BitWriter) {
        count.write(0, to: &output)
        zeroCount.write(0, to: &output)
        sum.write(Sample.staleMarker.bitPattern, to: &output)
    }
}

extension FloatHistory {
    init(
        layout: HistogramLayout, from input: inout BitReader
    ) throws(TSDBFormatError) {
        count = XORValue(try input.read(64))
        zeroCount = XORValue(try input.read(64))
        sum = XORValue(try input.read(64))
        positive = try Self.buckets(of: layout.positiveSpans, from: &input)
        negative = try Self.buckets(of: layout.negativeSpans, from: &input)
    }

    private static func buckets(
        of spans: [BucketSpan], from input: inout BitReader
    ) throws(TSDBFormatError) -> [XORValue] {
        var buckets: [XORValue] = []
        for _ in 0..<(try input.bucketCount(of: spans, bits: 64)) {
            buckets.append(XORValue(try input.read(64)))
        }
        return buckets
    }

    /// Reads the next one; of a stale marker there is nothing behind the sum.
    mutating func read(from input: inout BitReader) throws(TSDBFormatError) {
        try count.read(from: &input)
        try zeroCount.read(from: &input)
        try sum.read(from: &input)
        guard !sum.isStaleMarker else { return }
        for index in positive.indices { try positive[index].read(from: &input) }
        for index in negative.indices { try negative[index].read(from: &input) }
    }
}

extension FloatHistory {
    func hasRoom(for next: FloatCounts) -> Bool {
        next.positive.count == positive.count && next.negative.count == negative.count
    }

    /// Whether a counter cannot have gone from here to there without a new start.
    func isReset(by next: FloatCounts) -> Bool {
        next.count < count.value || next.zeroCount < zeroCount.value
            || zip(positive, next.positive).contains { $1 < $0.value }
            || zip(negative, next.negative).contains { $1 < $0.value }
    }
}
