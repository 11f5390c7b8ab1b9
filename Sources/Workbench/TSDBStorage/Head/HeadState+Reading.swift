import LabelMatching
import TSDBFormat
import TimeSeries

extension HeadState {
    /// The series that all matchers accept, with the chunks that touch a span of time.
    func series(matching matchers: [LabelMatcher], from: Int64, through: Int64) -> [ChunkedSeries] {
        series.compactMap { series in
            guard matchers.allSatisfy({ $0.matches(series.labels) }) else { return nil }
            let chunks = series.allChunks.filter { $0.minTime <= through && $0.maxTime >= from }
            return chunks.isEmpty ? nil : ChunkedSeries(labels: series.labels, chunks: chunks)
        }
    }

    /// What a block up to `end` holds, sorted by labels; chunks of a series do not overlap.
    func blockSeries(before end: Int64) -> [ChunkedSeries] {
        series.compactMap { series in
            let chunks = series.chunks.filter { $0.maxTime < end }
            let late = series.outOfOrder.prefix { $0.timestamp < end }
            guard !chunks.isEmpty || !late.isEmpty else { return nil }
            let merged = late.isEmpty ? chunks : StoredChunk.merged(chunks, with: Array(late))
            return ChunkedSeries(labels: series.labels, chunks: merged)
        }.sorted { $0.labels < $1.labels }
    }
}

extension HeadSeries {
    /// All chunks, with one for late samples at the end; it may overlap the others.
    var allChunks: [StoredChunk] {
        chunks + StoredChunk.encoded(outOfOrder)
    }
}
