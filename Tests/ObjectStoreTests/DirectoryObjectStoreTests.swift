import LoopbackServer
import MarkedYAML
import ObjectStore
import Testing

@Suite("a bucket in a directory")
struct DirectoryObjectStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func store(prefix: String = "") async throws -> any ObjectStore {
        try await Stores.make(
            "type: FILESYSTEM\nconfig: {directory: \(folder.path)/bucket/}\nprefix: '\(prefix)'")
    }

    @Test("keeps what a bucket promises", arguments: ["", "/tenants/one/", "//"])
    func contract(prefix: String) async throws {
        try await StoreContract.holds(for: store(prefix: prefix))
    }

    @Test("is named as in Thanos' metrics")
    func name() async throws {
        #expect(try await store().name == "fs: \(folder.path)/bucket")
    }

    @Test(
        "a key cannot lead out of it", arguments: ["../x", "a/../../x", "/etc/x", "a//b", "", "."])
    func escape(key: String) async throws {
        let store = try await store()
        await #expect(throws: ObjectStoreError.self) {
            try await store.upload(.bytes([1]), as: key)
        }
        await #expect(throws: ObjectStoreError.self) { try await store.get(key, limit: 10) }
    }

    @Test("what an interrupted upload left is not an object, and does not hinder the next")
    func leftover() async throws {
        try folder.write("bucket/a/b.swap", "half of")
        let store = try await store()
        #expect(try await store.list("", recursive: true) == [])
        try await store.upload(.bytes([1]), as: "a/b")
        #expect(try await store.list("", recursive: true) == ["a/b"])
        #expect(try await store.get("a/b", limit: 1) == [1])
    }

    @Test("an error names the operation and the file, as Go does")
    func error() async throws {
        try folder.write("bucket", "a file in the way")
        let store = try await store()
        await #expect {
            try await store.upload(.bytes([]), as: "a")
        } throws: {
            ($0 as? ObjectStoreError)?.message
                == "open \(folder.path)/bucket/a.swap: not a directory"
        }
    }
}
