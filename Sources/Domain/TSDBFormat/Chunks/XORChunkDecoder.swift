import TimeSeries

/// Reads what `XORChunk` writes, behind its count.
struct XORChunkDecoder: Sendable {
    private var position = Position.first
    private var timestamp: Int64 = 0
    private var delta: Int64 = 0
    private var value = XORValue(0)

    /// Which sample is next: the first two are written in ways of their own.
    private enum Position {
        case first, second, later
    }

    mutating func next(from bits: inout BitReader) throws(TSDBFormatError) -> Sample {
        switch position {
        case .first:
            timestamp = try bits.readVarint()
            value = XORValue(try bits.read(64))
            position = .second
            return Sample(timestamp: timestamp, value: value.value)
        case .second:
            delta = Int64(bitPattern: try bits.readUvarint())
            position = .later
        case .later:
            delta &+= try Self.readChangeOfDelta(from: &bits)
        }
        timestamp &+= delta
        try value.read(from: &bits)
        return Sample(timestamp: timestamp, value: value.value)
    }

    private static func readChangeOfDelta(
        from bits: inout BitReader
    ) throws(TSDBFormatError) -> Int64 {
        if try bits.read(1) == 0 { return 0 }
        if try bits.read(1) == 0 { return Int64(low: try bits.read(14), bits: 14) }
        if try bits.read(1) == 0 { return Int64(low: try bits.read(17), bits: 17) }
        if try bits.read(1) == 0 { return Int64(low: try bits.read(20), bits: 20) }
        return Int64(bitPattern: try bits.read(64))
    }
}
