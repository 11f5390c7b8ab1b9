package import TSDBFormat
package import TimeSeries

/// A run of samples as it stands in a block, without its frame.
package struct StoredChunk: Sendable {
    /// Milliseconds of the first and the last sample, both in it.
    package let minTime: Int64
    package let maxTime: Int64
    package let encoding: ChunkEncoding
    package let payload: [UInt8]

    package init(minTime: Int64, maxTime: Int64, encoding: ChunkEncoding, payload: [UInt8]) {
        self.minTime = minTime
        self.maxTime = maxTime
        self.encoding = encoding
        self.payload = payload
    }
}

/// A series with its chunks in order of time.
package struct ChunkedSeries: Sendable {
    package var labels: LabelSet
    package var chunks: [StoredChunk]

    package init(labels: LabelSet, chunks: [StoredChunk]) {
        self.labels = labels
        self.chunks = chunks
    }
}

/// The aligned spans of time that blocks cover.
enum BlockRange {
    /// The start of the span that holds a moment; both in milliseconds, `range` above 0.
    static func start(of timestamp: Int64, range: Int64) -> Int64 {
        let remainder = timestamp % range
        // Before 1970 the remainder is negative.
        return timestamp.subtractingReportingOverflow(
            remainder < 0 ? remainder + range : remainder
        ).partialValue
    }

    /// The moment behind the span, held within what can be expressed.
    static func end(of timestamp: Int64, range: Int64) -> Int64 {
        let (end, overflow) = start(of: timestamp, range: range).addingReportingOverflow(range)
        return overflow ? .max : end
    }
}
