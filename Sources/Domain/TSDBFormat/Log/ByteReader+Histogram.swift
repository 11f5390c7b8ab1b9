import TimeSeries

extension ByteReader {
    /// A native histogram as records have it.
    mutating func histogram(
        isFloat: Bool, isCustom: Bool
    ) throws(TSDBFormatError) -> NativeHistogram {
        let hint = CounterResetHint(rawValue: try u8()) ?? .unknown
        var layout = HistogramLayout(
            schema: Int32(truncatingIfNeeded: try varint()), zeroThreshold: try double())
        let sum: Double
        let counts: NativeHistogram.Counts
        if isFloat {
            let zeroCount = try double()
            let count = try double()
            sum = try double()
            try readSpans(into: &layout)
            counts = .float(
                FloatCounts(
                    count: count, zeroCount: zeroCount, positive: try doubles(),
                    negative: try doubles()))
        } else {
            let zeroCount = try uvarint()
            let count = try uvarint()
            sum = try double()
            try readSpans(into: &layout)
            counts = .integer(
                IntegerCounts(
                    count: count, zeroCount: zeroCount, positiveDeltas: try varints(),
                    negativeDeltas: try varints()))
        }
        if isCustom { layout.customValues = try doubles() }
        return NativeHistogram(resetHint: hint, layout: layout, sum: sum, counts: counts)
    }

    private mutating func readSpans(
        into layout: inout HistogramLayout
    ) throws(TSDBFormatError) {
        layout.positiveSpans = try spans()
        layout.negativeSpans = try spans()
    }

    private mutating func spans() throws(TSDBFormatError) -> [BucketSpan] {
        var spans: [BucketSpan] = []
        for _ in 0..<(try count(ofSize: 2)) {
            let offset = Int32(truncatingIfNeeded: try varint())
            spans.append(
                BucketSpan(offset: offset, length: UInt32(truncatingIfNeeded: try uvarint())))
        }
        return spans
    }

    private mutating func doubles() throws(TSDBFormatError) -> [Double] {
        var values: [Double] = []
        for _ in 0..<(try count(ofSize: 8)) { values.append(try double()) }
        return values
    }

    private mutating func varints() throws(TSDBFormatError) -> [Int64] {
        var values: [Int64] = []
        for _ in 0..<(try count()) { values.append(try varint()) }
        return values
    }
}
