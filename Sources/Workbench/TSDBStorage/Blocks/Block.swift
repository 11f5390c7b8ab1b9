package import LabelMatching
package import TSDBFormat
import TimeSeries

/// A block on disk, ours or Prometheus'; its files are read when they are asked for.
package struct Block: Sendable {
    private static let metaLimit = 16 << 20
    private static let indexLimit = 4 << 30

    package let folder: String
    package let meta: BlockMeta

    package init(folder: String) throws(StorageError) {
        self.folder = folder
        let path = folder + "/meta.json"
        let file = try Files.read(path, limit: Self.metaLimit)
        meta = try Self.reading(path) { () throws(TSDBFormatError) in try BlockMeta(file: file) }
    }

    /// The series that all matchers accept, with the chunks that touch a span of time, sorted by
    /// labels; milliseconds, both ends in it.
    package func series(
        matching matchers: [LabelMatcher], from: Int64, through: Int64
    ) throws(StorageError) -> [ChunkedSeries] {
        let path = folder + "/index"
        let bytes = try Files.read(path, limit: Self.indexLimit)
        let found = try Self.reading(path) { () throws(TSDBFormatError) in
            try Self.indexed(bytes, matching: matchers, from: from, through: through)
        }
        var files = ChunkFiles(folder: folder + "/chunks")
        var result: [ChunkedSeries] = []
        for series in found {
            var chunks: [StoredChunk] = []
            for chunk in series.chunks {
                chunks.append(try files.chunk(chunk))
            }
            result.append(ChunkedSeries(labels: series.labels, chunks: chunks))
        }
        return result
    }

    private static func indexed(
        _ bytes: [UInt8], matching matchers: [LabelMatcher], from: Int64, through: Int64
    ) throws(TSDBFormatError) -> [IndexedSeries] {
        let index = try IndexReader(bytes)
        var result: [IndexedSeries] = []
        for reference in try index.candidates(for: matchers) {
            var series = try index.series(reference)
            guard matchers.allSatisfy({ $0.matches(series.labels) }) else { continue }
            series.chunks.removeAll { $0.minTime > through || $0.maxTime < from }
            if !series.chunks.isEmpty { result.append(series) }
        }
        return result
    }

    private static func reading<Value>(
        _ path: String, _ body: () throws(TSDBFormatError) -> Value
    ) throws(StorageError) -> Value {
        do throws(TSDBFormatError) {
            return try body()
        } catch {
            throw StorageError("read", path, reason: error.message)
        }
    }

    /// The chunk files of one query, each read once.
    private struct ChunkFiles {
        let folder: String
        private var open: [Int: ChunkSegmentReader] = [:]

        init(folder: String) {
            self.folder = folder
        }

        mutating func chunk(_ indexed: ChunkMeta) throws(StorageError) -> StoredChunk {
            let path = folder + "/" + ChunkSegment.fileName(indexed.reference.segment)
            let file = try segment(indexed.reference.segment, path)
            return try Block.reading(path) { () throws(TSDBFormatError) in
                let chunk = try file.chunk(at: indexed.reference.offset)
                return StoredChunk(
                    minTime: indexed.minTime, maxTime: indexed.maxTime, encoding: chunk.encoding,
                    payload: Array(chunk.payload))
            }
        }

        private mutating func segment(
            _ number: Int, _ path: String
        ) throws(StorageError) -> ChunkSegmentReader {
            if let known = open[number] { return known }
            let bytes = try Files.read(
                path, limit: ChunkSegment.sizeLimit + ChunkSegment.headerSize)
            let file = try Block.reading(path) { () throws(TSDBFormatError) in
                try ChunkSegmentReader(bytes)
            }
            open[number] = file
            return file
        }
    }
}

extension IndexReader {
    /// Series that may match: the shortest list of a matcher that names one value, or all.
    fileprivate func candidates(
        for matchers: [LabelMatcher]
    ) throws(TSDBFormatError) -> [UInt32] {
        for matcher in matchers where matcher.kind == .equal && !matcher.value.isEmpty {
            let lists = lists(of: matcher.name.utf8)
            guard let list = lists.first(where: { $0.value.elementsEqual(matcher.value.utf8) })
            else { return [] }
            return try series(in: list)
        }
        return try allSeries()
    }
}
