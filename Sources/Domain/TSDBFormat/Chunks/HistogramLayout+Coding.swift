import TimeSeries

/// The layout at the start of a histogram chunk
/// (Prometheus' tsdb/chunkenc/histogram_meta.go).
extension HistogramLayout {
    /// The schema of buckets with boundaries of their own (`CustomBucketsSchema`).
    static let customSchema: Int32 = -53

    func write(to output: inout BitWriter) {
        output.writeZeroThreshold(zeroThreshold)
        output.writeVarbit(Int64(schema))
        for spans in [positiveSpans, negativeSpans] {
            output.writeVarbit(UInt64(spans.count))
            for span in spans {
                output.writeVarbit(UInt64(span.length))
                output.writeVarbit(Int64(span.offset))
            }
        }
        guard schema == Self.customSchema else { return }
        output.writeVarbit(UInt64(customValues.count))
        for value in customValues { output.writeBoundary(value) }
    }

    init(from input: inout BitReader) throws(TSDBFormatError) {
        let zeroThreshold = try input.readZeroThreshold()
        let schema = Int32(truncatingIfNeeded: try input.readVarbit())
        self.init(
            schema: schema, zeroThreshold: zeroThreshold,
            positiveSpans: try Self.spans(from: &input),
            negativeSpans: try Self.spans(from: &input))
        guard schema == Self.customSchema else { return }
        for _ in 0..<(try input.readCount()) { customValues.append(try input.readBoundary()) }
    }

    private static func spans(
        from input: inout BitReader
    ) throws(TSDBFormatError) -> [BucketSpan] {
        var spans: [BucketSpan] = []
        for _ in 0..<(try input.readCount()) {
            let length = UInt32(truncatingIfNeeded: try input.readUnsignedVarbit())
            let offset = Int32(truncatingIfNeeded: try input.readVarbit())
            spans.append(BucketSpan(offset: offset, length: length))
        }
        return spans
    }
}

extension BitWriter {
    /// One byte for zero and for powers of two, else nine (`putZeroThreshold`).
    fileprivate mutating func writeZeroThreshold(_ threshold: Double) {
        if threshold == 0 {
            write(0, count: 8)
        } else if threshold.significand == 1, threshold.sign == .plus,
            (-243...10).contains(threshold.exponent)
        {
            write(UInt64(threshold.exponent + 244), count: 8)
        } else {
            write(255, count: 8)
            write(threshold.bitPattern, count: 64)
        }
    }

    /// Whole thousandths up to 33554.43 as a varbit, others as they are (`putCustomBound`).
    fileprivate mutating func writeBoundary(_ value: Double) {
        let thousandths = value * 1000
        if thousandths >= 0, thousandths <= 33_554_430, thousandths.rounded() / 1000 == value {
            writeVarbit(UInt64(thousandths.rounded()) + 1)
        } else {
            write(0, count: 1)
            write(value.bitPattern, count: 64)
        }
    }
}

extension BitReader {
    /// How many things follow, each of at least one bit.
    fileprivate mutating func readCount() throws(TSDBFormatError) -> Int {
        let count = try readUnsignedVarbit()
        guard count <= UInt64(remaining) else { throw corrupt("\(count) are more than can follow") }
        return Int(count)
    }

    fileprivate mutating func readZeroThreshold() throws(TSDBFormatError) -> Double {
        switch try read(8) {
        case 0: 0
        case 255: Double(bitPattern: try read(64))
        case let byte: Double(sign: .plus, exponent: Int(byte) - 244, significand: 1)
        }
    }

    fileprivate mutating func readBoundary() throws(TSDBFormatError) -> Double {
        let thousandths = try readUnsignedVarbit()
        if thousandths > 0 { return Double(thousandths - 1) / 1000 }
        return Double(bitPattern: try read(64))
    }
}

extension BitReader {
    /// Buckets of all spans together, each of which takes at least so many bits.
    func bucketCount(of spans: [BucketSpan], bits: Int) throws(TSDBFormatError) -> Int {
        var count = 0
        for span in spans {
            count += Int(span.length)
            guard count <= remaining / bits else {
                throw corrupt("\(count) buckets are more than can follow")
            }
        }
        return count
    }
}

extension HistogramLayout {
    /// Equality under which a NaN equals itself.
    func hasSameBits(as other: HistogramLayout) -> Bool {
        schema == other.schema && zeroThreshold.bitPattern == other.zeroThreshold.bitPattern
            && positiveSpans == other.positiveSpans && negativeSpans == other.negativeSpans
            && customValues.map(\.bitPattern) == other.customValues.map(\.bitPattern)
    }
}
