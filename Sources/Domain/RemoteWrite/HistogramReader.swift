import TimeSeries

/// Collects the fields of a `prometheus.Histogram`; the last of a repeated one counts.
struct HistogramReader {
    private(set) var timestamp: Int64 = 0
    private var layout = HistogramLayout(schema: 0, zeroThreshold: 0)
    private var integers = IntegerCounts(count: 0, zeroCount: 0)
    private var floats = FloatCounts(count: 0, zeroCount: 0)
    private var sum = 0.0
    private var resetHint = CounterResetHint.unknown
    /// A histogram has floats if its count does (`IsFloatHistogram` in prompb/codec.go).
    private var isFloat = false

    var histogram: NativeHistogram {
        NativeHistogram(
            resetHint: resetHint, layout: layout, sum: sum,
            counts: isFloat ? .float(floats) : .integer(integers))
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd, let tag = try? cursor.tag(in: .histogram) {
            guard (try? read(tag, &cursor)) != nil else { return }
        }
    }

    private mutating func read(
        _ tag: WireCursor.Tag, _ cursor: inout WireCursor
    ) throws(RemoteWriteError) {
        switch tag.field {
        case 1:
            integers.count = try cursor.varint()
            isFloat = false
        case 2:
            floats.count = Double(bitPattern: try cursor.fixed64())
            isFloat = true
        case 3: sum = Double(bitPattern: try cursor.fixed64())
        case 4: layout.schema = Self.zigzag32(try cursor.varint())
        case 5: layout.zeroThreshold = Double(bitPattern: try cursor.fixed64())
        case 6: integers.zeroCount = try cursor.varint()
        case 7: floats.zeroCount = Double(bitPattern: try cursor.fixed64())
        case 8: layout.negativeSpans.append(Self.span(cursor.bytes, in: try cursor.delimited()))
        case 9:
            try Self.readVarints(tag, &cursor) { integers.negativeDeltas.append(Self.zigzag($0)) }
        case 10: try Self.readDoubles(tag, &cursor) { floats.negative.append($0) }
        case 11: layout.positiveSpans.append(Self.span(cursor.bytes, in: try cursor.delimited()))
        case 12:
            try Self.readVarints(tag, &cursor) { integers.positiveDeltas.append(Self.zigzag($0)) }
        case 13: try Self.readDoubles(tag, &cursor) { floats.positive.append($0) }
        case 14:
            resetHint =
                CounterResetHint(rawValue: UInt8(truncatingIfNeeded: try cursor.varint()))
                ?? .unknown
        case 15: timestamp = Int64(bitPattern: try cursor.varint())
        case 16: try Self.readDoubles(tag, &cursor) { layout.customValues.append($0) }
        default: try cursor.skip(tag.wireType)
        }
    }

    private static func span(
        _ bytes: UnsafeRawBufferPointer, in range: Range<Int>
    ) -> BucketSpan {
        var span = BucketSpan(offset: 0, length: 0)
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd, let tag = try? cursor.tag(in: .bucketSpan) {
            switch tag.field {
            case 1: span.offset = zigzag32((try? cursor.varint()) ?? 0)
            case 2: span.length = UInt32(truncatingIfNeeded: (try? cursor.varint()) ?? 0)
            default: if (try? cursor.skip(tag.wireType)) == nil { return span }
            }
        }
        return span
    }

    /// One number, or many packed into one field.
    private static func readVarints(
        _ tag: WireCursor.Tag, _ cursor: inout WireCursor, _ append: (UInt64) -> Void
    ) throws(RemoteWriteError) {
        guard tag.wireType == 2 else { return append(try cursor.varint()) }
        var packed = WireCursor(cursor.bytes, in: try cursor.delimited())
        while !packed.isAtEnd { append(try packed.varint()) }
    }

    private static func readDoubles(
        _ tag: WireCursor.Tag, _ cursor: inout WireCursor, _ append: (Double) -> Void
    ) throws(RemoteWriteError) {
        guard tag.wireType == 2 else {
            return append(Double(bitPattern: try cursor.fixed64()))
        }
        var packed = WireCursor(cursor.bytes, in: try cursor.delimited())
        while !packed.isAtEnd { append(Double(bitPattern: try packed.fixed64())) }
    }

    private static func zigzag(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1 ^ (0 &- (value & 1)))
    }

    private static func zigzag32(_ value: UInt64) -> Int32 {
        Int32(truncatingIfNeeded: zigzag(value & 0xFFFF_FFFF))
    }
}
