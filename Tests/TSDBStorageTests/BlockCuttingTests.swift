import TSDBFormat
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Blocks that are cut from a head")
struct BlockCuttingTests {
    private let folder: TemporaryFolder
    private let events = Events()

    init() throws { folder = try TemporaryFolder() }

    /// A sample a minute in each of some series.
    private func entries(_ names: [String] = ["a", "b"], minutes: Range<Int64>) -> [Entry] {
        minutes.flatMap { minute in
            names.map { Entry($0, start + minute * 60_000, Double(minute)) }
        }
    }

    private func store(_ entries: [Entry], in database: TenantDatabase) async throws {
        for entry in entries { #expect(try await database.store(entry) == [nil]) }
    }

    @Test("none is cut until the head spans more than one and a half ranges")
    func due() async throws {
        let database = try TenantDatabase.open(folder, events: events)
        try await database.store(Entry("a", start), Entry("a", start + 3 * hour))
        database.maintain()
        #expect(folder.blocks.isEmpty)
        try await database.store(Entry("a", start + 3 * hour + 1))
        database.maintain()
        #expect(events.cutBlocks == [start...start + 2 * hour])
        #expect(database.headStatistics.minTime == start + 3 * hour)
    }

    @Test("they end with their ranges, and the head goes on where they end")
    func aligned() async throws {
        let database = try TenantDatabase.open(folder, events: events)
        let entries = entries(minutes: 30..<390)
        try await store(entries, in: database)
        database.maintain()
        let first = start + 30 * minute
        #expect(
            events.cutBlocks == [first...start + 2 * hour, start + 2 * hour...start + 4 * hour])
        #expect(database.headStatistics.minTime == start + 4 * hour)
        #expect(try database.contents == contents(entries))
        #expect(try database.pointCount == entries.count)
        let again = try TenantDatabase.open(folder)
        #expect(try again.contents == contents(entries))
        #expect(try again.pointCount == entries.count)
        #expect(folder.names(in: "wal").count { $0.hasPrefix("checkpoint.") } == 1)
        #expect(try await database.store(Entry("new", start + 4 * hour - 1)) == [.outOfBounds])
    }

    @Test("closing cuts all there is, and nothing is left in the log")
    func close() async throws {
        let database = try TenantDatabase.open(folder, events: events)
        let entries = entries(minutes: 0..<250)
        try await store(entries, in: database)
        database.close()
        #expect(folder.blocks.count == 3)
        #expect(events.cutBlocks.last == start + 4 * hour...start + 249 * minute + 1)
        let again = try TenantDatabase.open(folder)
        #expect(again.headStatistics.series == 0)
        #expect(try again.contents == contents(entries))
        #expect(try await again.store(Entry("a", start + 249 * minute)) == [.outOfBounds])
        #expect(try await again.store(Entry("a", start + 250 * minute)) == [nil])
    }

    @Test("a sample at the last moment stays in the head, and flushing comes to an end")
    func lastMoment() async throws {
        let database = try TenantDatabase.open(folder, events: events)
        let entries = [Entry("a", .max), Entry("b", start)]
        try await store([entries[1], entries[0]], in: database)
        database.close()
        #expect(events.failures.isEmpty)
        #expect(try TenantDatabase.open(folder).contents == contents(entries))
    }

    @Test("a sample at the first moment can be cut")
    func firstMoment() async throws {
        let database = try TenantDatabase.open(folder, events: events)
        let entries = [Entry("a", .min + 1), Entry("a", 0), Entry("a", start)]
        try await store(entries, in: database)
        database.maintain()
        database.close()
        #expect(events.failures.isEmpty)
        #expect(try TenantDatabase.open(folder).contents == contents(entries))
    }

    @Test("a crash behind a block and before the log is shortened repeats and loses nothing")
    func crashBeforeCheckpoint() async throws {
        let database = try TenantDatabase.open(folder)
        let entries = entries(minutes: 0..<200)
        try await store(entries, in: database)
        let log = try folder.copy()
        database.maintain()
        let block = try #require(folder.blocks.first)
        for name in ["meta.json", "index", "tombstones", "chunks/000001"] {
            try log.write(try folder.bytes("\(block)/\(name)"), to: "\(block)/\(name)")
        }
        let again = try TenantDatabase.open(log)
        #expect(try again.contents == contents(entries))
        #expect(try again.pointCount == entries.count)
        again.close()
        #expect(try TenantDatabase.open(log).contents == contents(entries))
    }

    @Test("leftovers of a crash go, and what is not ours stays")
    func leftovers() throws {
        for name in [
            "01M817KTNA2STY54HSN6D1BZB1.tmp-for-creation/chunks/000001",
            "01M817KTNA2STY54HSN6D1BZB2.tmp-for-deletion/index",
            "01M817KTNA2STY54HSN6D1BZB3/index", "thanos.shipper.json",
        ] {
            try folder.write([1], to: name)
        }
        let database = try TenantDatabase.open(folder)
        #expect(folder.names() == ["01M817KTNA2STY54HSN6D1BZB3", "thanos.shipper.json"])
        #expect(try database.contents.isEmpty)
    }
}
