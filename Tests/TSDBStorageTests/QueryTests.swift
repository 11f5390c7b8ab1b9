import LabelMatching
import TSDBFormat
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Queries over head and blocks")
struct QueryTests {
    private let folder: TemporaryFolder
    private let database: TenantDatabase

    /// Three series over five hours, two hours of which are in a block.
    init() async throws {
        folder = try TemporaryFolder()
        database = try TenantDatabase.open(folder)
        for minutes in stride(from: 0, to: 300, by: 5) as StrideTo<Int64> {
            let time = start + minutes * minute
            try await database.store(["c", "a", "b"].map { Entry($0, time, Double(minutes)) })
        }
        database.maintain()
        #expect(folder.blocks.count == 1)
    }

    private func times(from: Int64, through: Int64, _ matchers: LabelMatcher...) throws -> [Int64] {
        try database.series(matching: matchers, from: from, through: through)
            .flatMap(\.chunks).flatMap(\.points).map(\.timestamp)
    }

    @Test("series are sorted by labels, chunks by time, and no sample is there twice")
    func merges() throws {
        let series = try database.series(matching: [], from: .min, through: .max)
        #expect(series.map { $0.labels["__name__"] } == ["a", "b", "c"])
        let expected = stride(from: 0, to: 300, by: 5).map { start + $0 * minute }
        for one in series {
            #expect(one.chunks.flatMap(\.points).map(\.timestamp) == expected)
        }
    }

    @Test("the chunks that touch the span are there, and no others")
    func spans() throws {
        let name = try LabelMatcher(.equal, "__name__", "a")
        #expect(try times(from: start - 10, through: start - 1, name).isEmpty)
        #expect(try times(from: start, through: start, name).first == start)
        let end = start + 115 * minute
        #expect(try times(from: end, through: end, name).contains(end))
        #expect(try times(from: end + 1, through: start + 2 * hour - 1, name).isEmpty)
        #expect(
            try times(from: start + 2 * hour, through: start + 2 * hour, name).first
                == start + 2 * hour)
        #expect(try times(from: start + 300 * minute, through: .max, name).isEmpty)
    }

    @Test(
        "all matchers have to accept, in blocks as in the head",
        arguments: [
            (LabelMatcher.Kind.equal, "__name__", "b", ["b"]),
            (.notEqual, "__name__", "b", ["a", "c"]), (.matches, "__name__", "a|c", ["a", "c"]),
            (.doesNotMatch, "__name__", "a.*", ["b", "c"]),
            (.equal, "job", "storage", ["a", "b", "c"]),
            (.equal, "missing", "", ["a", "b", "c"]), (.equal, "missing", "x", []),
            (.equal, "__name__", "", []),
        ])
    func matches(kind: LabelMatcher.Kind, name: String, value: String, found: [String]) throws {
        let matcher = try LabelMatcher(kind, name, value)
        for span in [(start, start + hour), (start + 4 * hour, .max), (.min, .max)] {
            let series = try database.series(
                matching: [matcher], from: span.0, through: span.1)
            #expect(series.map { $0.labels["__name__"] } == found)
        }
    }

    @Test("the range of time covers both")
    func timeRange() throws {
        let range = try #require(database.timeRange)
        #expect(range.minTime == start && range.maxTime == start + 295 * minute)
        database.flush()
        let flushed = try #require(database.timeRange)
        #expect(flushed.minTime == start && flushed.maxTime == start + 295 * minute)
        #expect(try TenantDatabase.open(TemporaryFolder()).timeRange == nil)
    }

    @Test("a block that cannot be read is an error that names its file")
    func unreadable() throws {
        let block = folder.blocks[0]
        try folder.write([1, 2, 3], to: "\(block)/index")
        let error = #expect(throws: StorageError.self) {
            try database.series(matching: [], from: .min, through: .max)
        }
        #expect(error?.path == "\(folder.path)/\(block)/index")
    }
}
