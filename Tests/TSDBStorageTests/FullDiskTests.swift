import Foundation
import Glibc
import Testing

@testable import TSDBStorage

@Suite("A disk that takes no more")
struct FullDiskTests {
    /// Bytes that a file may have from now on, in this process.
    private static func limitFiles(to bytes: UInt) {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(1), &limit)
        limit.rlim_cur = min(bytes, limit.rlim_max)
        setrlimit(__rlimit_resource_t(1), &limit)
    }

    private static func entries(_ round: Int) -> [Entry] {
        (0..<200).map { number in
            Entry("series_\(number)", start + Int64(round) * minute, .random(in: 0...1))
        }
    }

    @Test("a write that ends within a record is told, taken back and made good")
    func fillsUp() async {
        // The limit is the whole process', so this one is of its own.
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let folder = try TemporaryFolder()
            let database = try TenantDatabase.open(folder)
            var expected: [Entry] = Self.entries(0)
            try await database.store(expected)
            let size = try folder.bytes("wal/00000000").count
            // Once in the middle of a segment, then in segments that are begun for it.
            for limit in [size + 700, 900, 0] {
                Self.limitFiles(to: UInt(limit))
                expected += Self.entries(expected.count / 200)
                let batch = Array(expected.suffix(200))
                await #expect(throws: StorageError.self) { try await database.store(batch) }
                #expect(folder.names(in: "wal") == ["00000000"])
                #expect(try folder.bytes("wal/00000000").count == size)
            }
            Self.limitFiles(to: .max)
            expected += [Entry("late in the day", start + 4 * minute)]
            try await database.store(Array(expected.suffix(1)))
            let events = Events()
            let again = try TenantDatabase.open(folder.copy(), events: events)
            #expect(try again.contents == contents(expected))
            #expect(events.repairs.isEmpty)
        }
    }

    @Test("a late sample that is repeated while its first copy is not safe has to wait for it")
    func lateRepetition() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let folder = try TemporaryFolder()
            let database = try TenantDatabase.open(folder, window: hour)
            try await database.store(Entry("a", start))
            // The log of late samples is the longer one, so that only it meets the limit.
            let late = (1...500).map { Entry("a", start - $0, .random(in: 0...1)) }
            try await database.store(late)
            let repeated = Entry("a", start - 600, 7)
            for limit in [try folder.bytes("wbl/00000000").count, 10, 10] {
                Self.limitFiles(to: UInt(limit))
                await #expect(throws: StorageError.self) { try await database.store(repeated) }
            }
            Self.limitFiles(to: .max)
            #expect(try await database.store(repeated) == [nil])
            let again = try TenantDatabase.open(folder.copy(), window: hour)
            #expect(try again.contents == contents(late + [repeated, Entry("a", start)]))
        }
    }

    @Test("a block that could not be written leaves nothing behind and is tried again")
    func block() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let folder = try TemporaryFolder()
            let events = Events()
            let database = try TenantDatabase.open(folder, events: events)
            for round in 0..<3 { try await database.store(Self.entries(round)) }
            let before = try database.contents
            Self.limitFiles(to: 500)
            database.flush()
            #expect(events.failures.count == 1)
            #expect(folder.names() == ["wal"])
            #expect(try database.contents == before)
            Self.limitFiles(to: .max)
            #expect(try TenantDatabase.open(folder.copy()).contents == before)
            database.flush()
            #expect(folder.blocks.count == 1)
            #expect(try database.contents == before)
        }
    }
}
