package import TimeSeries

/// What a chunk holds of one moment; milliseconds.
package enum ChunkPoint: Hashable, Sendable {
    case float(Sample)
    case histogram(timestamp: Int64, NativeHistogram)

    package var timestamp: Int64 {
        switch self {
        case .float(let sample): sample.timestamp
        case .histogram(let timestamp, _): timestamp
        }
    }
}

/// Reads the samples of a chunk one after the other, whatever its bytes are.
package struct ChunkReader: Sendable {
    private let encoding: ChunkEncoding
    private var bits: BitReader
    /// Samples that the chunk claims to have left; nil before its header was read.
    private var remaining: Int?
    private var floats = XORChunkDecoder()
    private var histograms: HistogramChunkDecoder?

    /// Takes the payload of a chunk without its frame.
    package init(encoding: ChunkEncoding, payload: ArraySlice<UInt8>) {
        self.encoding = encoding
        bits = BitReader(payload)
    }

    package init(encoding: ChunkEncoding, payload: [UInt8]) {
        self.init(encoding: encoding, payload: payload[...])
    }

    /// The next sample; nil behind the last, and after an error.
    package mutating func next() throws(TSDBFormatError) -> ChunkPoint? {
        let left = if let remaining { remaining } else { try readHeader() }
        remaining = 0
        guard left > 0 else { return nil }
        let point = try readPoint()
        remaining = left - 1
        return point
    }

    private mutating func readHeader() throws(TSDBFormatError) -> Int {
        remaining = 0
        let count = Int(try bits.read(16))
        if encoding != .xor {
            histograms = HistogramChunkDecoder(
                resets: HistogramChunk.ResetHeader(byte: UInt8(try bits.read(8))),
                isFloat: encoding == .floatHistogram)
        }
        return count
    }

    private mutating func readPoint() throws(TSDBFormatError) -> ChunkPoint {
        guard let (timestamp, histogram) = try histograms?.next(from: &bits) else {
            return .float(try floats.next(from: &bits))
        }
        return .histogram(timestamp: timestamp, histogram)
    }
}
