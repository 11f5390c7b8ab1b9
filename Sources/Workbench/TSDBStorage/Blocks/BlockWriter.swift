import Glibc
import TSDBFormat
import TimeSeries

/// Writes a block: all its files durably under another name, then the name that makes it count.
struct BlockWriter {
    /// What a folder is called while it is written, and while it is deleted (tsdb/db.go).
    static let unfinished = ".tmp-for-creation"
    static let condemned = ".tmp-for-deletion"
    /// Bytes of chunks that are collected before they go to the disk.
    private static let writeSize = 1 << 20

    /// The tenant's folder.
    let folder: String

    /// Writes series that are sorted by labels; `end` is where the block's time ends.
    func write(_ series: [ChunkedSeries], end: Int64) throws(StorageError) -> BlockMeta {
        let ulid = Self.freshULID()
        let target = folder + "/" + ulid.description
        let unfinished = target + Self.unfinished
        let meta = Self.meta(of: series, ulid: ulid, end: end)
        do throws(StorageError) {
            try writeFiles(of: series, meta, in: unfinished)
        } catch {
            // On a full disk each attempt would leave its part; the error that counts is the first.
            try? Files.removeTree(unfinished)
            throw error
        }
        try Files.rename(unfinished, to: target)
        try Files.syncFolder(folder)
        return meta
    }

    private func writeFiles(
        of series: [ChunkedSeries], _ meta: BlockMeta, in folder: String
    ) throws(StorageError) {
        try Files.makeFolder(folder)
        try Files.makeFolder(folder + "/chunks")
        let indexed = try writeChunks(series, in: folder + "/chunks")
        try Files.write(IndexWriter.file(of: indexed), to: folder + "/index")
        try Files.write(meta.file, to: folder + "/meta.json")
        try Files.write(Tombstones.file(of: []), to: folder + "/tombstones")
        try Files.syncFolder(folder + "/chunks")
        try Files.syncFolder(folder)
    }

    private func writeChunks(
        _ series: [ChunkedSeries], in folder: String
    ) throws(StorageError) -> [IndexedSeries] {
        var output: [UInt8] = []
        var writer = ChunkSegmentWriter(to: &output)
        var file = try LogFile(creating: folder + "/" + ChunkSegment.fileName(writer.segment))
        var indexed: [IndexedSeries] = []
        indexed.reserveCapacity(series.count)
        for series in series {
            var chunks: [ChunkMeta] = []
            for chunk in series.chunks {
                var place = writer.append(chunk.encoding, chunk.payload, to: &output)
                if place == nil {
                    try file.append(output)
                    try file.sync()
                    output = []
                    writer.startSegment(to: &output)
                    file = try LogFile(
                        creating: folder + "/" + ChunkSegment.fileName(writer.segment))
                    place = writer.append(chunk.encoding, chunk.payload, to: &output)
                }
                guard let place else { continue }
                chunks.append(
                    ChunkMeta(
                        minTime: chunk.minTime, maxTime: chunk.maxTime, reference: place))
            }
            indexed.append(IndexedSeries(labels: series.labels, chunks: chunks))
            guard output.count >= Self.writeSize else { continue }
            try file.append(output)
            output = []
        }
        try file.append(output)
        try file.sync()
        return indexed
    }

    private static func meta(of series: [ChunkedSeries], ulid: ULID, end: Int64) -> BlockMeta {
        var floats: UInt64 = 0
        var histograms: UInt64 = 0
        var chunkCount: UInt64 = 0
        var minTime = Int64.max
        for chunk in series.lazy.flatMap(\.chunks) {
            chunkCount += 1
            minTime = min(minTime, chunk.minTime)
            if chunk.encoding == .xor {
                floats += UInt64(chunk.sampleCount)
            } else {
                histograms += UInt64(chunk.sampleCount)
            }
        }
        return BlockMeta(
            ulid: ulid, minTime: minTime, maxTime: end,
            stats: BlockMeta.Stats(
                numFloatSamples: floats, numHistogramSamples: histograms,
                numSeries: UInt64(series.count), numChunks: chunkCount),
            compaction: BlockMeta.Compaction(sources: [ulid]))
    }

    private static func freshULID() -> ULID {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let milliseconds = UInt64(time.tv_sec) &* 1000 &+ UInt64(time.tv_nsec) / 1_000_000
        return ULID(
            milliseconds: milliseconds,
            random: (UInt16.random(in: .min ... .max), UInt64.random(in: .min ... .max)))
    }
}

extension StoredChunk {
    /// The count that stands in front of every chunk.
    var sampleCount: Int {
        payload.count < 2 ? 0 : Int(payload[0]) << 8 | Int(payload[1])
    }
}
