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
        #expect(try storage.database(of: "a") === storage.existing("a"))
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
    func notAFolder() throws {
        try folder.write([], to: "file")
        let storage = TenantStorage(folder: folder.path + "/file", options: DatabaseOptions())
        let error = #expect(throws: StorageError.self) { try storage.database(of: "a") }
        #expect(error?.message == "mkdir \(folder.path)/file/a: not a directory")
        #expect(storage.existing("a") == nil)
    }
}
