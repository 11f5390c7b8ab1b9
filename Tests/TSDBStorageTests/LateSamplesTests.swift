import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Late samples on their way into blocks")
struct LateSamplesTests {
    private let folder: TemporaryFolder
    private let events = Events()

    init() throws { folder = try TemporaryFolder() }

    private func store(_ entries: [Entry], in database: TenantDatabase) async throws {
        for entry in entries { #expect(try await database.store(entry) == [nil]) }
    }

    @Test("late samples stand in their places, and before all others in a block of their own")
    func late() async throws {
        let database = try TenantDatabase.open(folder, window: 6 * hour, events: events)
        var entries = (0..<60).map { Entry("a", start + $0 * minute) }
        try await store(entries, in: database)
        let late = [Entry("a", start + 90_500, 7), Entry("a", start - hour, 8), Entry("b", start)]
        try await store(late, in: database)
        entries += late
        try await store([Entry("a", start + 59 * minute - 1, 9)], in: database)
        entries.append(Entry("a", start + 59 * minute - 1, 9))
        database.flush()
        #expect(
            events.cutBlocks
                == [start - hour...start, start...start + 59 * minute + 1])
        #expect(try database.contents == contents(entries))
        #expect(try database.pointCount == entries.count)
        // Later still: its block exists, so it gets another one.
        try await store([Entry("a", start + 1, 10), Entry("c", start + 2, 11)], in: database)
        entries += [Entry("a", start + 1, 10), Entry("c", start + 2, 11)]
        let crashed = try TenantDatabase.open(folder.copy(), window: 6 * hour)
        #expect(try crashed.contents == contents(entries))
        database.close()
        #expect(folder.blocks.count == 3)
        let again = try TenantDatabase.open(folder, window: 6 * hour)
        #expect(try again.contents == contents(entries))
        #expect(try again.pointCount == entries.count)
        #expect(again.headStatistics.series == 0)
    }

    @Test("late floats find a place among histograms")
    func lateAmongHistograms() async throws {
        let database = try TenantDatabase.open(folder, window: hour)
        let (_, commit) = await database.write { head in
            let series = head.series(labels("h"))
            for index in 0..<4 as Range<Int64> {
                #expect(
                    head.append(start + index * 10, histogram(sum: Double(index)), to: series)
                        == nil)
            }
        }
        try await database.durable(commit)
        try await store([Entry("h", start + 15, 5)], in: database)
        let expected = ["0 h0.0", "10 h1.0", "15 5.0", "20 h2.0", "30 h3.0"].map { text in
            let parts = text.split(separator: " ")
            return "\(start + (Int64(parts[0]) ?? 0)) \(parts[1])"
        }
        #expect(try database.contents == ["h": expected])
        database.close()
        #expect(try TenantDatabase.open(folder, window: hour).contents == ["h": expected])
    }

    @Test("late samples of an earlier run are cut once, even when no window is open any more")
    func closedWindow() async throws {
        let entries = [Entry("a", start), Entry("a", start - 1)]
        try await store(entries, in: TenantDatabase.open(folder, window: hour))
        try TenantDatabase.open(folder).close()
        #expect(folder.blocks.count == 2)
        try TenantDatabase.open(folder).close()
        #expect(folder.blocks.count == 2)
        #expect(try TenantDatabase.open(folder).pointCount == 2)
    }
}
