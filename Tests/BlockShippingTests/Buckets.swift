import CurlHTTP
import LoopbackServer
import MarkedYAML
import MotoServer
import ObjectStore
import Synchronization
import Testing

enum Buckets {
    /// A bucket of the suite's server; a fresh one unless it has a name.
    static func moto(
        bucket: String? = nil, accessKey: String? = nil, region: String = "us-east-1"
    ) async throws -> any ObjectStore {
        let server = try #require(MotoServer.current)
        let made = if let bucket { bucket } else { try await server.makeBucket() }
        let yaml = """
            type: S3
            config:
              endpoint: \(server.address)
              insecure: true
              bucket: \(made)
              region: "\(region)"
              access_key: \(accessKey ?? server.credentials.accessKey)
              secret_key: \(server.credentials.secretKey)
            """
        return try await make(yaml)
    }

    static func directory(_ path: String) async throws -> any ObjectStore {
        try await make("type: FILESYSTEM\nconfig: {directory: \(path)}")
    }

    private static func make(_ yaml: String) async throws -> any ObjectStore {
        try await ObjectStoreConfiguration(yaml: SourceText(name: "bucket.yml", text: yaml))
            .makeStore(transport: CurlClient(), environment: [:])
    }
}

/// A bucket that is interrupted at one of its uploads.
final class InterruptedStore: ObjectStore {
    enum Interruption: CaseIterable {
        /// Nothing arrives.
        case failsBefore
        /// The object arrives, the answer does not.
        case failsAfter
        /// The task is cancelled while the object is on its way.
        case cancelled
    }

    private let store: any ObjectStore
    private let place: Int
    private let interruption: Interruption
    private let keys = Mutex<[String]>([])

    /// - Parameter place: which upload is interrupted, counted from 0.
    init(_ store: any ObjectStore, at place: Int, by interruption: Interruption) {
        self.store = store
        self.place = place
        self.interruption = interruption
    }

    var uploads: [String] { keys.withLock { $0 } }
    var name: String { store.name }

    func upload(_ content: ObjectContent, as key: String) async throws(ObjectStoreError) {
        let number = keys.withLock { keys in
            defer { keys.append(key) }
            return keys.count
        }
        guard number == place else { return try await store.upload(content, as: key) }
        switch interruption {
        case .failsBefore: break
        case .failsAfter: try await store.upload(content, as: key)
        case .cancelled:
            withUnsafeCurrentTask { $0?.cancel() }
            return try await store.upload(content, as: key)
        }
        throw ObjectStoreError(.unreachable, "interrupted")
    }

    func exists(_ key: String) async throws(ObjectStoreError) -> Bool {
        try await store.exists(key)
    }

    func list(_ folder: String, recursive: Bool) async throws(ObjectStoreError) -> [String] {
        try await store.list(folder, recursive: recursive)
    }

    func get(_ key: String, bytes: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
        try await store.get(key, bytes: bytes)
    }

    func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
        try await store.get(key, limit: limit)
    }

    func delete(_ key: String) async throws(ObjectStoreError) { try await store.delete(key) }
}
