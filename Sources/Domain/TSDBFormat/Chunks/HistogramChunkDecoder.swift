import TimeSeries

/// Reads what `HistogramChunk` writes, behind its count and its byte about resets.
struct HistogramChunkDecoder: Sendable {
    private let resets: HistogramChunk.ResetHeader
    private var layout = HistogramLayout(schema: 0, zeroThreshold: 0)
    private var timestamp: Int64 = 0
    private var delta: Int64 = 0
    private var history: History

    private enum History: Sendable {
        case notStarted(isFloat: Bool)
        case integer(IntegerHistory)
        case float(FloatHistory)
    }

    init(resets: HistogramChunk.ResetHeader, isFloat: Bool) {
        self.resets = resets
        history = .notStarted(isFloat: isFloat)
    }

    mutating func next(
        from bits: inout BitReader
    ) throws(TSDBFormatError) -> (timestamp: Int64, NativeHistogram) {
        switch history {
        case .notStarted(let isFloat):
            layout = try HistogramLayout(from: &bits)
            timestamp = try bits.readVarbit()
            history =
                isFloat
                ? .float(try FloatHistory(layout: layout, from: &bits))
                : .integer(try IntegerHistory(layout: layout, from: &bits))
            return (timestamp, histogram(isFirst: true))
        case .integer(var history):
            try advance(&bits)
            try history.read(from: &bits)
            self.history = .integer(history)
        case .float(var history):
            try advance(&bits)
            try history.read(from: &bits)
            self.history = .float(history)
        }
        return (timestamp, histogram(isFirst: false))
    }

    private mutating func advance(_ bits: inout BitReader) throws(TSDBFormatError) {
        delta &+= try bits.readVarbit()
        timestamp &+= delta
    }

    private func histogram(isFirst: Bool) -> NativeHistogram {
        let (sum, counts): (Double, NativeHistogram.Counts) =
            switch history {
            case .float(let history): (history.sum.value, .float(history.counts))
            case .integer(let history): (history.sum.value, .integer(history.counts))
            case .notStarted: (0, .integer(IntegerCounts(count: 0, zeroCount: 0)))
            }
        let histogram = NativeHistogram(
            resetHint: hint(isFirst: isFirst), layout: layout, sum: sum, counts: counts)
        return histogram.isStaleMarker ? histogram.emptied : histogram
    }

    /// `counterResetHint` in Prometheus' histogram_meta.go; a chunk that began with a reset may
    /// have lost the one before it, so its first histogram is unknown.
    private func hint(isFirst: Bool) -> CounterResetHint {
        if resets == .gauge { return .gauge }
        return isFirst ? .unknown : .notReset
    }
}
