package import TimeSeries

/// The file `index` of a block, version 2 (Prometheus' tsdb/index/index.go).
///
///     header:   be32 magic │ u8 version
///     symbols:  section of be32 count, texts; sorted, each name and value once
///     series:   each at a multiple of 16: uvarint length │ labels and chunks │ be32 checksum
///     postings: each at a multiple of 4: section of be32 count, be32 series …
///     table:    section of be32 count, (uvarint 2, name, value, uvarint offset of postings) …
///     contents: six be64 offsets │ be32 checksum
///
///     section:  be32 length │ … │ be32 checksum
enum IndexFile {
    static let magic: UInt32 = 0xBAAA_D700
    static let version: UInt8 = 2
    static let headerSize = 5
    static let contentsSize = 52
    /// Series begin at multiples of this, so that 32 bits can refer to them.
    static let seriesAlignment = 16
}

/// A series as an index has it; its chunks in order of time, none reaching into the next.
package struct IndexedSeries: Hashable, Sendable {
    package var labels: LabelSet
    package var chunks: [ChunkMeta]

    package init(labels: LabelSet, chunks: [ChunkMeta]) {
        self.labels = labels
        self.chunks = chunks
    }
}

/// Where a chunk is, and the time it covers; milliseconds, both ends in it.
package struct ChunkMeta: Hashable, Sendable {
    package var minTime: Int64
    package var maxTime: Int64
    package var reference: ChunkReference

    package init(minTime: Int64, maxTime: Int64, reference: ChunkReference) {
        self.minTime = minTime
        self.maxTime = maxTime
        self.reference = reference
    }
}
