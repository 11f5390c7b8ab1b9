import Synchronization
import Testing

@testable import TSDBStorage

@Suite("Blocks past retention")
struct RetentionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Four blocks of two hours, each with one sample.
    private func fill() async throws {
        let database = try TenantDatabase.open(folder)
        for index in 0..<4 as Range<Int64> {
            try await database.store(Entry("a", start + index * 2 * hour))
        }
        try await database.store(Entry("a", start + 8 * hour))
        database.flush()
        #expect(folder.blocks.count == 5)
    }

    @Test(
        "are deleted as far as they end that long before the newest",
        arguments: [(0, 5), (2 * hour, 2), (6 * hour, 4), (6 * hour + 1, 4), (Int64.max, 5)])
    func deletes(retention: Int64, left: Int) async throws {
        try await fill()
        let database = try TenantDatabase.open(folder, retention: retention)
        database.maintain()
        #expect(folder.blocks.count == left)
        #expect(folder.names().allSatisfy { !$0.contains(".tmp") })
        #expect(try database.pointCount == left)
        #expect(database.headStatistics.blocks == left)
    }

    @Test("stay as long as somebody needs them")
    func mayNotDelete() async throws {
        try await fill()
        let needed = folder.blocks[0]
        let asked = Mutex<Set<String>>([])
        let path = folder.path
        let database = try TenantDatabase.open(folder, retention: hour) { folder, ulid in
            #expect(folder == path)
            asked.withLock { _ = $0.insert(ulid) }
            return ulid != needed
        }
        database.maintain()
        #expect(asked.withLock { $0.count } == 3)
        #expect(folder.blocks.count == 3 && folder.blocks.contains(needed))
    }
}
