/// A folder of a bucket as a bucket of its own (`prefix` in the configuration).
struct PrefixedObjectStore: ObjectStore {
    private let store: any ObjectStore
    /// Ends in a slash.
    private let prefix: String

    /// The store itself when the prefix has nothing but slashes, as in Thanos.
    static func make(_ store: any ObjectStore, prefix: String) -> any ObjectStore {
        let bytes = prefix.utf8.drop { $0 == UInt8(ascii: "/") }
        guard let end = bytes.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return store }
        return PrefixedObjectStore(store: store, prefix: "\(Substring(bytes[...end]))/")
    }

    var name: String { store.name }

    func exists(_ key: String) async throws(ObjectStoreError) -> Bool {
        try await store.exists(prefix + key)
    }

    func upload(_ content: ObjectContent, as key: String) async throws(ObjectStoreError) {
        try await store.upload(content, as: prefix + key)
    }

    func list(_ folder: String, recursive: Bool) async throws(ObjectStoreError) -> [String] {
        try await store.list(prefix + folder, recursive: recursive).map {
            String($0.trimmingPrefix(prefix))
        }
    }

    func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
        try await store.get(prefix + key, limit: limit)
    }

    func get(_ key: String, bytes: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
        try await store.get(prefix + key, bytes: bytes)
    }

    func delete(_ key: String) async throws(ObjectStoreError) {
        try await store.delete(prefix + key)
    }
}
