import Dispatch
import Synchronization
import TSDBFormat
import TimeSeries

@testable import TSDBStorage

let minute: Int64 = 60_000
let hour: Int64 = 3_600_000
/// A moment at the start of a block range of two hours.
let start: Int64 = 236_111 * 2 * hour

func labels(_ name: String) -> LabelSet {
    LabelSet([SeriesLabel("__name__", name), SeriesLabel("job", "storage")])
}

/// A histogram with one bucket.
func histogram(sum: Double, count: UInt64 = 3) -> NativeHistogram {
    NativeHistogram(
        layout: HistogramLayout(
            schema: 3, zeroThreshold: 0.001,
            positiveSpans: [BucketSpan(offset: 0, length: 1)]),
        sum: sum,
        counts: .integer(
            IntegerCounts(count: count, zeroCount: 0, positiveDeltas: [Int64(count)])))
}

/// The same with fractions.
func floatHistogram(sum: Double) -> NativeHistogram {
    NativeHistogram(
        layout: HistogramLayout(
            schema: 3, zeroThreshold: 0.001,
            positiveSpans: [BucketSpan(offset: 0, length: 1)]),
        sum: sum, counts: .float(FloatCounts(count: 2.5, zeroCount: 0, positive: [2.5])))
}

/// Sample by sample what series hold, by name: `TIME VALUE`, or `TIME hSUM` for a histogram.
typealias Contents = [String: [String]]

extension ChunkPoint {
    var text: String {
        switch self {
        case .float(let sample): "\(sample.timestamp) \(sample.value)"
        case .histogram(let timestamp, let histogram): "\(timestamp) h\(histogram.sum)"
        }
    }
}

/// One sample on its way in.
struct Entry: Sendable {
    let name: String
    let timestamp: Int64
    let value: Double

    init(_ name: String, _ timestamp: Int64, _ value: Double = 1) {
        self.name = name
        self.timestamp = timestamp
        self.value = value
    }
}

extension HeadWriter {
    mutating func append(_ entries: [Entry]) -> [AppendFault?] {
        entries.map { append($0.timestamp, $0.value, to: series(labels($0.name))) }
    }
}

/// What a database tells, kept.
final class Events: Sendable {
    private let kept = Mutex<[StorageEvent]>([])

    func add(_ event: StorageEvent) { kept.withLock { $0.append(event) } }

    /// Where the cut blocks begin and end.
    var cutBlocks: [ClosedRange<Int64>] {
        kept.withLock { events in
            events.compactMap { event in
                guard case .cutBlock(_, _, let minTime, let maxTime) = event else { return nil }
                return minTime...maxTime
            }
        }
    }

    var repairs: [String] {
        kept.withLock { events in
            events.compactMap { if case .repaired(_, let error) = $0 { error } else { nil } }
        }
    }

    var failures: [String] {
        kept.withLock { events in
            events.compactMap { event in
                if case .maintenanceFailed(_, let error) = event { error } else { nil }
            }
        }
    }
}

extension TenantDatabase {
    /// Opens a folder; dropping the database without closing it is what a crash leaves.
    static func open(
        _ folder: TemporaryFolder, window: Int64 = 0, retention: Int64 = 0, events: Events? = nil,
        mayDelete: @escaping @Sendable (String, String) -> Bool = { _, _ in true }
    ) throws -> TenantDatabase {
        try TenantDatabase(
            tenant: "tenant", folder: folder.path,
            options: DatabaseOptions(
                head: HeadOptions(outOfOrderWindow: window), retention: retention,
                mayDelete: mayDelete),
            queue: DispatchQueue(label: "log"), observe: { events?.add($0) })
    }

    /// Stores one request durably and answers what was refused.
    @discardableResult
    func store(_ entries: Entry...) async throws -> [AppendFault?] {
        try await store(entries)
    }

    @discardableResult
    func store(_ entries: [Entry]) async throws -> [AppendFault?] {
        let (faults, commit) = await write { $0.append(entries) }
        try await durable(commit)
        return faults
    }

    /// All that queries see; points that head and block both have are seen once.
    var contents: Contents {
        get throws {
            var contents: Contents = [:]
            for series in try series(matching: [], from: .min, through: .max) {
                let points = series.chunks.flatMap(\.points).sorted { $0.timestamp < $1.timestamp }
                var texts: [String] = []
                for point in points where texts.last != point.text { texts.append(point.text) }
                contents[series.labels["__name__"], default: []] += texts
            }
            return contents
        }
    }

    /// How many points the chunks of head and blocks have, repeated or not.
    var pointCount: Int {
        get throws {
            try series(matching: [], from: .min, through: .max)
                .flatMap(\.chunks).map(\.points.count).reduce(0, +)
        }
    }
}

/// What a list of samples looks like when it is all there.
func contents(_ entries: [Entry]) -> Contents {
    Dictionary(grouping: entries, by: \.name).mapValues { entries in
        entries.sorted { $0.timestamp < $1.timestamp }.map { "\($0.timestamp) \($0.value)" }
    }
}
