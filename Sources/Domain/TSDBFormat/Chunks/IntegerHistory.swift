import TimeSeries

/// The last integer histogram of a chunk and its differences to the one before, from which the
/// next is written or read.
struct IntegerHistory: Sendable {
    /// A number of which the change of the change is stored.
    private struct Track: Sendable {
        var value: Int64
        var delta: Int64 = 0

        mutating func write(_ next: Int64, to output: inout BitWriter) {
            let delta = next &- value
            output.writeVarbit(delta &- self.delta)
            self.delta = delta
            value = next
        }

        mutating func read(from input: inout BitReader) throws(TSDBFormatError) {
            delta &+= try input.readVarbit()
            value &+= delta
        }
    }

    private(set) var sum: XORValue
    private var count: Track
    private var zeroCount: Track
    private var positive: [Track]
    private var negative: [Track]

    var counts: IntegerCounts {
        IntegerCounts(
            count: UInt64(bitPattern: count.value), zeroCount: UInt64(bitPattern: zeroCount.value),
            positiveDeltas: positive.map(\.value), negativeDeltas: negative.map(\.value))
    }
}

extension IntegerHistory {
    /// Writes the first histogram of a chunk whole.
    init(_ counts: IntegerCounts, sum: Double, to output: inout BitWriter) {
        self.sum = XORValue(sum.bitPattern)
        count = Track(value: Int64(bitPattern: counts.count))
        zeroCount = Track(value: Int64(bitPattern: counts.zeroCount))
        positive = counts.positiveDeltas.map { Track(value: $0) }
        negative = counts.negativeDeltas.map { Track(value: $0) }
        output.writeVarbit(counts.count)
        output.writeVarbit(counts.zeroCount)
        output.write(sum.bitPattern, count: 64)
        for delta in counts.positiveDeltas + counts.negativeDeltas { output.writeVarbit(delta) }
    }

    /// Writes the next one, which has as many buckets or is a stale marker.
    mutating func write(_ counts: IntegerCounts, sum: Double, to output: inout BitWriter) {
        guard sum.bitPattern != Sample.staleMarker.bitPattern else {
            return writeStaleMarker(to: &output)
        }
        count.write(Int64(bitPattern: counts.count), to: &output)
        zeroCount.write(Int64(bitPattern: counts.zeroCount), to: &output)
        self.sum.write(sum.bitPattern, to: &output)
        for (index, delta) in counts.positiveDeltas.enumerated() {
            positive[index].write(delta, to: &output)
        }
        for (index, delta) in counts.negativeDeltas.enumerated() {
            negative[index].write(delta, to: &output)
        }
    }

    /// Writes the end of a series, of which only the sum means something.
    private mutating func writeStaleMarker(to output: inout BitWriter) {
        output.writeVarbit(Int64(0))
        output.writeVarbit(Int64(0))
        sum.write(Sample.staleMarker.bitPattern, to: &output)
    }
}

extension IntegerHistory {
    init(
        layout: HistogramLayout, from input: inout BitReader
    ) throws(TSDBFormatError) {
        count = Track(value: Int64(bitPattern: try input.readUnsignedVarbit()))
        zeroCount = Track(value: Int64(bitPattern: try input.readUnsignedVarbit()))
        sum = XORValue(try input.read(64))
        positive = try Self.buckets(of: layout.positiveSpans, from: &input)
        negative = try Self.buckets(of: layout.negativeSpans, from: &input)
    }

    private static func buckets(
        of spans: [BucketSpan], from input: inout BitReader
    ) throws(TSDBFormatError) -> [Track] {
        var buckets: [Track] = []
        for _ in 0..<(try input.bucketCount(of: spans, bits: 1)) {
            buckets.append(Track(value: try input.readVarbit()))
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

extension IntegerHistory {
    func hasRoom(for next: IntegerCounts) -> Bool {
        next.positiveDeltas.count == positive.count && next.negativeDeltas.count == negative.count
    }

    /// Whether a counter cannot have gone from here to there without a new start.
    func isReset(by next: IntegerCounts) -> Bool {
        next.count < UInt64(bitPattern: count.value)
            || next.zeroCount < UInt64(bitPattern: zeroCount.value)
            || Self.falls(positive, next.positiveDeltas)
            || Self.falls(negative, next.negativeDeltas)
    }

    private static func falls(_ buckets: [Track], _ next: [Int64]) -> Bool {
        var growth: Int64 = 0
        for (bucket, delta) in zip(buckets, next) {
            growth &+= delta &- bucket.value
            if growth < 0 { return true }
        }
        return false
    }
}
