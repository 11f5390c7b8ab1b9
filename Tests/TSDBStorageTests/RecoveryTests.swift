import SnappyCodec
import Testing
import TimeSeries

@testable import TSDBFormat
@testable import TSDBStorage

@Suite("What is there again after a crash")
struct RecoveryTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("everything that was durable")
    func reopens() async throws {
        var expected: [Entry] = []
        for run in 0..<3 as Range<Int64> {
            let database = try TenantDatabase.open(folder)
            #expect(try database.contents == contents(expected))
            for round in 0..<5 as Range<Int64> {
                let entries = ["a", "b", "run \(run)"].map {
                    Entry($0, start + (run * 5 + round) * minute, Double(round) / 3)
                }
                #expect(try await database.store(entries) == [nil, nil, nil])
                expected += entries
            }
        }
        #expect(folder.names(in: "wal") == ["00000000", "00000001", "00000002"])
        let database = try TenantDatabase.open(folder)
        #expect(try database.contents == contents(expected))
        #expect(try database.pointCount == expected.count)
        #expect(database.headStatistics.series == 5)
    }

    @Test("histograms of both kinds and floats, in whatever order they came")
    func mixedKinds() async throws {
        let written = try TenantDatabase.open(folder)
        let (_, commit) = await written.write { head in
            let series = head.series(labels("mixed"))
            #expect(head.append(start, histogram(sum: 0), to: series) == nil)
            #expect(head.append(start + 1, 1, to: series) == nil)
            #expect(head.append(start + 2, floatHistogram(sum: 2), to: series) == nil)
            #expect(head.append(start + 3, histogram(sum: 3), to: series) == nil)
            #expect(head.append(start + 4, histogram(sum: 4), to: series) == nil)
            #expect(head.append(start + 5, 5, to: series) == nil)
        }
        try await written.durable(commit)
        let expected = [0: "h0.0", 1: "1.0", 2: "h2.0", 3: "h3.0", 4: "h4.0", 5: "5.0"]
            .sorted { $0.key < $1.key }.map { "\(start + Int64($0.key)) \($0.value)" }
        #expect(try written.contents == ["mixed": expected])
        let read = try TenantDatabase.open(folder)
        #expect(try read.contents == ["mixed": expected])
        // Once more from a checkpoint, which is written when something else goes into a block.
        try await read.store(Entry("a", start - 30 * minute), Entry("b", start + 4 * hour))
        try await read.store(Entry("mixed", start + 4 * hour, 6))
        try Checkpoint(state: await read.headState).write(in: folder.path + "/wal", through: 1)
        let again = try TenantDatabase.open(folder)
        #expect(try again.contents["mixed"] == expected + ["\(start + 4 * hour) 6.0"])
    }

    @Test("all whole records, wherever the last one is torn")
    func tornAnywhere() async throws {
        let database = try TenantDatabase.open(folder)
        try await database.store(Entry("a", start, 1))
        let whole = try folder.bytes("wal/00000000").count
        try await database.store(Entry("a", start + 1, 2), Entry("b", start + 1, 3))
        let bytes = try folder.bytes("wal/00000000")
        var expected = contents([Entry("a", start, 1)])
        for size in whole...bytes.count {
            let torn = try TemporaryFolder()
            try torn.write(Array(bytes.prefix(size)), to: "wal/00000000")
            let events = Events()
            let read = try TenantDatabase.open(torn, events: events)
            if size == bytes.count {
                expected = contents([
                    Entry("a", start, 1), Entry("a", start + 1, 2), Entry("b", start + 1, 3),
                ])
            }
            #expect(try read.contents == expected, "cut at \(size)")
            // What comes now stays as well, and the repair has been made for good.
            try await read.store(Entry("c", start + 2))
            let second = Events()
            let again = try TenantDatabase.open(torn, events: second)
            let later = contents([Entry("c", start + 2)])
            #expect(try again.contents == expected.merging(later) { $1 }, "cut at \(size)")
            #expect(second.repairs.isEmpty)
        }
    }

    @Test("what stands before a changed byte, and the segments behind its own")
    func changedByte() async throws {
        for round in 0..<3 as Range<Int64> {
            let database = try TenantDatabase.open(folder)
            try await database.store(Entry("a", start + round * 10, 1))
            try await database.store(Entry("a", start + round * 10 + 1, 2))
        }
        let bytes = try folder.bytes("wal/00000001")
        for place in bytes.indices {
            let broken = try folder.copy()
            var changed = bytes
            changed[place] ^= 0x01
            try broken.write(changed, to: "wal/00000001")
            let events = Events()
            let read = try TenantDatabase.open(broken, events: events)
            let found = Set(try read.contents["a"] ?? [])
            for kept in [0, 1, 20, 21] {
                #expect(
                    found.contains("\(start + Int64(kept)) \(kept % 10 + 1).0"),
                    "changed at \(place)")
            }
            #expect(events.repairs.count == 1, "changed at \(place)")
            #expect(
                events.repairs[0].hasPrefix("corruption in segment \(broken.path)/wal/00000001"))
        }
    }

    @Test("a log that is compressed in a way we cannot read is left as it is")
    func unsupported() throws {
        let data: [UInt8] = [42]
        var record: [UInt8] = [WALPage.Kind.full.rawValue | WALPage.zstdFlag, 0, 1]
        record.appendBigEndian(CRC32C.checksum(data[...]))
        record += data
        try folder.write(record, to: "wal/00000000")
        #expect(throws: StorageError.self) { try TenantDatabase.open(folder) }
        #expect(try folder.bytes("wal/00000000") == record)
    }

    @Test("a record that is whole and cannot be taken apart is cut off once")
    func undecodable() async throws {
        var writer = WALPageWriter()
        var bytes: [UInt8] = []
        var series = SeriesRecord()
        series.append(reference: 1, labels: labels("a"))
        #expect(writer.append(series.bytes, to: &bytes))
        #expect(writer.append([2, 1, 2, 3], to: &bytes))
        try folder.write(bytes, to: "wal/00000000")
        let events = Events()
        try await TenantDatabase.open(folder, events: events).store(Entry("a", start))
        #expect(events.repairs.count == 1)
        let again = try TenantDatabase.open(folder, events: events)
        #expect(events.repairs.count == 1)
        #expect(try again.contents == contents([Entry("a", start)]))
    }

    @Test("samples that came late")
    func late() async throws {
        let entries = [
            Entry("a", start, 1), Entry("a", start - 10, 2), Entry("a", start - 20, 3),
            Entry("b", start - 5, 4), Entry("b", start - 15, 5),
        ]
        let database = try TenantDatabase.open(folder, window: hour)
        for entry in entries {
            #expect(try await database.store(entry) == [nil])
        }
        #expect(folder.names() == ["wal", "wbl"])
        let again = try TenantDatabase.open(folder, window: hour)
        #expect(try again.contents == contents(entries))
        #expect(try again.pointCount == entries.count)
    }

    @Test("series that came back have one place, whatever they were called in the log")
    func references() async throws {
        let database = try TenantDatabase.open(folder)
        try await database.store(Entry("gone", start), Entry("stays", start + 10 * minute))
        database.flush()
        try await database.store(Entry("gone", start + hour), Entry("new", start + hour))
        let before = Set(await database.headState.series.map(\.ref))
        #expect(before == [3, 4])
        let again = try TenantDatabase.open(folder)
        try await again.store(Entry("newest", start + hour), Entry("gone", start + 2 * hour))
        let after = Set(await again.headState.series.map(\.ref))
        #expect(after == [3, 4, 5])
        let last = try TenantDatabase.open(folder)
        #expect(try last.contents == again.contents)
        #expect(try last.pointCount == 6)
    }
}

extension TenantDatabase {
    /// The head as it is now.
    var headState: HeadState {
        get async { await write { $0.state }.answer }
    }
}
