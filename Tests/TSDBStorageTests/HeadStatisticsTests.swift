import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("What a head counts")
struct HeadStatisticsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Samples a second apart.
    private func samples(_ name: String, _ count: Int64, from first: Int64 = start) -> [Entry] {
        (0..<count).map { Entry(name, first + $0 * 1000, Double($0)) }
    }

    /// The chunks of a head, looked at one series after the other.
    private func chunks(in database: TenantDatabase) throws -> Int {
        try database.series(matching: [], from: .min, through: .max).map(\.chunks.count)
            .reduce(0, +)
    }

    @Test("a chunk begins every 120 samples, with a histogram, and with a new range")
    func chunks() async throws {
        let database = try TenantDatabase.open(folder)
        #expect(database.headStatistics.chunks == 0)
        for (entries, expected) in [
            (samples("a", 120), 1), (samples("b", 121), 3),
            ([Entry("a", start + 2 * hour)], 4), ([Entry("a", start + 2 * hour)], 4),
        ] {
            try await database.store(entries)
            #expect(database.headStatistics.chunks == expected)
        }
        for second in 1...3 as ClosedRange<Int64> {
            let (fault, commit) = await database.write { head in
                let series = head.series(labels("a"))
                return head.append(
                    start + 2 * hour + second * 1000, histogram(sum: 1), to: series)
            }
            try await database.durable(commit)
            #expect(fault == nil)
            #expect(database.headStatistics.chunks == 5)
        }
        #expect(try chunks(in: database) == 5)
        let again = try TenantDatabase.open(folder)
        #expect(again.headStatistics.chunks == 5)
    }

    @Test("the late samples of a series are one chunk")
    func lateChunks() async throws {
        let database = try TenantDatabase.open(folder, window: hour)
        try await database.store(Entry("a", start + hour))
        try await database.store(samples("a", 3))
        try await database.store(samples("b", 3))
        #expect(database.headStatistics.floats.late == 3)
        #expect(database.headStatistics.chunks == 3)
        #expect(try chunks(in: database) == 3)
        #expect(try TenantDatabase.open(folder, window: hour).headStatistics.chunks == 3)
    }

    @Test("a series is removed when a block has all of it")
    func removal() async throws {
        let database = try TenantDatabase.open(folder)
        try await database.store(samples("old", 200) + samples("both", 200))
        try await database.store(Entry("both", start + 4 * hour), Entry("new", start + 4 * hour))
        var statistics = database.headStatistics
        #expect(statistics.series == 3)
        #expect(statistics.seriesCreated == 3)
        #expect(statistics.seriesRemoved == 0)
        #expect(statistics.chunks == 6)
        database.maintain()
        statistics = database.headStatistics
        #expect(statistics.series == 2)
        #expect(database.seriesCount == 2)
        #expect(statistics.seriesCreated == 3)
        #expect(statistics.seriesRemoved == 1)
        #expect(statistics.chunks == 2)
        try await database.store(Entry("old", start + 4 * hour))
        #expect(database.headStatistics.seriesCreated == 4)
        #expect(database.headStatistics.chunks == 3)
        let again = try TenantDatabase.open(folder).headStatistics
        #expect(again.series == 3)
        #expect(again.seriesCreated - again.seriesRemoved == 3)
    }
}
