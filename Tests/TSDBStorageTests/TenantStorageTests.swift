import Dispatch
import Testing

@testable import TSDBStorage

@Suite("The databases of all tenants")
struct TenantStorageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("each tenant has its own, and all of them come back")
    func tenants() async throws {
        let storage = TenantStorage(folder: folder.path, options: DatabaseOptions())
        for tenant in ["b", "a"] {
            try await storage.database(of: tenant).store(Entry(tenant, start))
        }
        #expect(try await storage.database(of: "a") === storage.existing("a"))
        #expect(storage.existing("c") == nil)
        let again = TenantStorage(folder: folder.path, options: DatabaseOptions())
        try folder.write([], to: "a file")
        try again.openAll()
        #expect(again.all.map(\.tenant) == ["a", "b"])
        #expect(
            try again.all.map { try $0.contents }
                == ["a", "b"].map { contents([Entry($0, start)]) })
        again.close()
        #expect(again.all.isEmpty)
        #expect(folder.names(in: "a").count { $0.count == 26 } == 1)
    }

    @Test("a folder that cannot be made is an error as Go words it")
    func notAFolder() async throws {
        try folder.write([], to: "file")
        let storage = TenantStorage(folder: folder.path + "/file", options: DatabaseOptions())
        for _ in 1...2 {
            let error = await #expect(throws: StorageError.self) {
                try await storage.database(of: "a")
            }
            #expect(error?.message == "mkdir \(folder.path)/file/a: not a directory")
        }
        #expect(storage.existing("a") == nil)
    }

    @Test("one that takes long to open is opened once, and only those who want it wait")
    func slowTenant() async throws {
        let (opening, announce) = AsyncStream<String>.makeStream()
        let mayGoOn = DispatchSemaphore(value: 0)
        let storage = TenantStorage(folder: folder.path, options: DatabaseOptions()) { event in
            guard case .opening(let tenant) = event else { return }
            announce.yield(tenant)
            if tenant == "slow" { mayGoOn.wait() }
        }
        try await withThrowingTaskGroup(of: TenantDatabase.self) { group in
            for _ in 0..<100 { group.addTask { try await storage.database(of: "slow") } }
            var openings = opening.makeAsyncIterator()
            #expect(await openings.next() == "slow")
            try await storage.database(of: "quick").store(Entry("a", start))
            #expect(await openings.next() == "quick")
            #expect(storage.existing("slow") == nil)
            #expect(storage.all.map(\.tenant) == ["quick"])
            mayGoOn.signal()
            for try await database in group { #expect(database === storage.existing("slow")) }
        }
        announce.finish()
        #expect(await opening.reduce(0) { count, _ in count + 1 } == 0)
    }
}
