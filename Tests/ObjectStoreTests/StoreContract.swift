import LoopbackServer
import ObjectStore
import Testing

/// What every bucket has to do; an implementation adds one test that calls it.
enum StoreContract {
    static func holds(for store: any ObjectStore) async throws {
        try await startsEmpty(store)
        try await keepsObjects(store)
        try await lists(store)
        try await deletes(store)
    }

    private static func startsEmpty(_ store: any ObjectStore) async throws {
        #expect(try await store.list("", recursive: true) == [])
        #expect(try await store.list("nowhere", recursive: false) == [])
        #expect(try await !store.exists("a/b"))
        await #expect { try await store.get("a/b", limit: 100) } throws: { error in
            (error as? ObjectStoreError)?.code == .notFound
        }
    }

    private static func keepsObjects(_ store: any ObjectStore) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "from a file")
        try await store.upload(.bytes(Array("first".utf8)), as: "a/b")
        try await store.upload(.bytes(Array("second".utf8)), as: "a/b")
        try await store.upload(.file(path: file), as: "a/c/d e+f%é&.json")
        try await store.upload(.bytes([]), as: "empty")
        #expect(try await store.exists("a/b"))
        #expect(try await !store.exists("a"))
        #expect(try await store.get("a/b", limit: 6) == Array("second".utf8))
        #expect(try await store.get("a/c/d e+f%é&.json", limit: 100) == Array("from a file".utf8))
        #expect(try await store.get("empty", limit: 0) == [])
        #expect(try await store.get("a/b", bytes: 1..<4) == Array("eco".utf8))
        #expect(try await store.get("a/b", bytes: 4..<400) == Array("nd".utf8))
        await #expect { try await store.get("a/b", limit: 5) } throws: { error in
            (error as? ObjectStoreError)?.code == .tooLarge
        }
        await #expect { try await store.upload(.file(path: file + "x"), as: "x") } throws: {
            ($0 as? ObjectStoreError)?.message == "open \(file)x: no such file or directory"
        }
    }

    private static func lists(_ store: any ObjectStore) async throws {
        let all = ["a/b", "a/c/d e+f%é&.json", "empty"]
        #expect(try await store.list("", recursive: true) == all)
        #expect(try await store.list("", recursive: false) == ["a/", "empty"])
        for folder in ["a", "a/"] {
            #expect(try await store.list(folder, recursive: false) == ["a/b", "a/c/"])
            #expect(try await store.list(folder, recursive: true) == ["a/b", all[1]])
        }
    }

    private static func deletes(_ store: any ObjectStore) async throws {
        for key in try await store.list("", recursive: true) { try await store.delete(key) }
        #expect(try await store.list("", recursive: false) == [])
    }
}
