package import TSDBFormat
import TimeSeries

extension StoredChunk {
    /// The points of a chunk in order; those behind damage are missing.
    package var points: [ChunkPoint] {
        var reader = ChunkReader(encoding: encoding, payload: payload)
        var points: [ChunkPoint] = []
        while let point = try? reader.next() { points.append(point) }
        return points
    }

    /// The floats among the points.
    var samples: [Sample] {
        points.compactMap { point in
            guard case .float(let sample) = point else { return nil }
            return sample
        }
    }

    /// Chunks of floats; the samples are sorted by time.
    static func encoded(_ samples: [Sample]) -> [StoredChunk] {
        encoded(samples.map(ChunkPoint.float))
    }

    /// Chunks of points that are sorted by time.
    private static func encoded(_ points: [ChunkPoint]) -> [StoredChunk] {
        var series = HeadSeries(ref: 0, labels: .empty)
        for point in points {
            switch point {
            case .float(let sample): series.append(sample.timestamp, sample.value, since: .min)
            case .histogram(let timestamp, let histogram):
                series.append(timestamp, histogram, since: .min)
            }
        }
        return series.chunks
    }

    /// Chunks in order of time with late samples put in their places; of two samples at one time
    /// the one that came in order stays.
    static func merged(_ chunks: [StoredChunk], with late: [Sample]) -> [StoredChunk] {
        var result: [StoredChunk] = []
        var rest = late[...]
        for chunk in chunks {
            result += encoded(Array(rest.prefix { $0.timestamp < chunk.minTime }))
            rest = rest.drop { $0.timestamp < chunk.minTime }
            let inside = Array(rest.prefix { $0.timestamp <= chunk.maxTime })
            rest = rest.drop { $0.timestamp <= chunk.maxTime }
            result += inside.isEmpty ? [chunk] : encoded(united(chunk.points, inside))
        }
        return result + encoded(Array(rest))
    }

    private static func united(_ points: [ChunkPoint], _ late: [Sample]) -> [ChunkPoint] {
        let known = Set(points.map(\.timestamp))
        return (points + late.filter { !known.contains($0.timestamp) }.map(ChunkPoint.float))
            .sorted { $0.timestamp < $1.timestamp }
    }
}

extension ChunkedSeries {
    /// Puts chunks of equal series together and sorts both, series by labels, chunks by time.
    static func merged(_ series: [ChunkedSeries]) -> [ChunkedSeries] {
        var result: [ChunkedSeries] = []
        for next in series.sorted(by: { $0.labels < $1.labels }) {
            if let last = result.last, last.labels == next.labels {
                result[result.count - 1].chunks += next.chunks
            } else {
                result.append(next)
            }
        }
        for index in result.indices {
            result[index].chunks.sort { ($0.minTime, $0.maxTime) < ($1.minTime, $1.maxTime) }
        }
        return result
    }
}
