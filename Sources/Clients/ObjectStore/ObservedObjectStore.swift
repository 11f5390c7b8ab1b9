/// What is asked of a bucket; the raw values label Thanos' metrics.
package enum BucketOperation: String, Sendable, Hashable, CaseIterable {
    case iter, get, exists, upload, delete
    case getRange = "get_range"
    /// Thanos counts these too; nothing here uses them.
    case attributes
}

/// A bucket that tells somebody about each operation.
package struct ObservedObjectStore: ObjectStore {
    /// How one operation ended; `nil` for success.
    package typealias Observer = @Sendable (BucketOperation, ObjectStoreError?) -> Void

    private let store: any ObjectStore
    private let observer: Observer

    package init(_ store: any ObjectStore, observer: @escaping Observer) {
        self.store = store
        self.observer = observer
    }

    package var name: String { store.name }

    package func exists(_ key: String) async throws(ObjectStoreError) -> Bool {
        try await observing(.exists) { () throws(ObjectStoreError) in
            try await store.exists(key)
        }
    }

    package func upload(
        _ content: ObjectContent, as key: String
    ) async throws(ObjectStoreError) {
        try await observing(.upload) { () throws(ObjectStoreError) in
            try await store.upload(content, as: key)
        }
    }

    package func list(
        _ folder: String, recursive: Bool
    ) async throws(ObjectStoreError) -> [String] {
        try await observing(.iter) { () throws(ObjectStoreError) in
            try await store.list(folder, recursive: recursive)
        }
    }

    package func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
        try await observing(.get) { () throws(ObjectStoreError) in
            try await store.get(key, limit: limit)
        }
    }

    package func get(
        _ key: String, bytes: Range<Int>
    ) async throws(ObjectStoreError) -> [UInt8] {
        try await observing(.getRange) { () throws(ObjectStoreError) in
            try await store.get(key, bytes: bytes)
        }
    }

    package func delete(_ key: String) async throws(ObjectStoreError) {
        try await observing(.delete) { () throws(ObjectStoreError) in
            try await store.delete(key)
        }
    }

    private func observing<Value>(
        _ operation: BucketOperation, _ body: () async throws(ObjectStoreError) -> Value
    ) async throws(ObjectStoreError) -> Value {
        do throws(ObjectStoreError) {
            let value = try await body()
            observer(operation, nil)
            return value
        } catch {
            observer(operation, error)
            throw error
        }
    }
}
