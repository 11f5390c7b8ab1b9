import LabelMatching
import PromQL
import TSDBFormat
import TSDBStorage
import TimeSeries

/// Answers PromQL from what the tenants of this receiver have stored.
struct TenantSource: SeriesSource {
    let tenants: StoredTenants

    func series(
        matching matchers: [LabelMatcher], from start: Int64, through end: Int64
    ) throws(QueryError) -> [StoredSeries] {
        do throws(StorageError) {
            return try tenants.series(matching: matchers, from: start, through: end)
                .map { Self.decoded($0, from: start, through: end) }
        } catch {
            throw QueryError(.internalError, error.message)
        }
    }

    /// Chunks of head and blocks may overlap: of two samples at one time the first stays.
    private static func decoded(
        _ series: ChunkedSeries, from start: Int64, through end: Int64
    ) -> StoredSeries {
        var stored = StoredSeries(labels: series.labels)
        var isSorted = true
        for chunk in series.chunks {
            for point in chunk.points where point.timestamp >= start && point.timestamp <= end {
                switch point {
                case .float(let sample):
                    isSorted =
                        isSorted && (stored.samples.last?.timestamp ?? .min) < sample.timestamp
                    stored.samples.append(sample)
                case .histogram(let timestamp, let histogram):
                    stored.histograms.append((timestamp, histogram))
                }
            }
        }
        if !isSorted {
            var known: Set<Int64> = []
            stored.samples = stored.samples.filter { known.insert($0.timestamp).inserted }
                .sorted { $0.timestamp < $1.timestamp }
        }
        return stored
    }
}
