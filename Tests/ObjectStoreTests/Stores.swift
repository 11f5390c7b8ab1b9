import CurlHTTP
import MarkedYAML
import MotoServer
import ObjectStore
import Synchronization
import Testing

/// Buckets that the tests of this target use.
enum Stores {
    /// A configuration for `address`, with more keys of `config` if wanted.
    static func yaml(_ address: String, bucket: String, _ extra: String = "region: eu-west-1")
        -> String
    {
        "type: S3\nconfig:\n  endpoint: \(address)\n  insecure: true\n  bucket: \(bucket)\n"
            + extra.split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    static func make(
        _ yaml: String, transport: any HTTPTransport = CurlClient(),
        waits: Waits = Waits()
    ) async throws -> any ObjectStore {
        try await ObjectStoreConfiguration(yaml: SourceText(name: "bucket.yml", text: yaml))
            .makeStore(transport: transport, environment: [:], pause: waits.note)
    }

    /// A fresh bucket of the suite's server.
    static func moto(_ extra: String = "region: us-east-1") async throws -> any ObjectStore {
        let server = try #require(MotoServer.current)
        let keys = server.credentials
        return try await make(
            yaml(
                server.address, bucket: try await server.makeBucket(),
                "access_key: \(keys.accessKey)\nsecret_key: \(keys.secretKey)\n" + extra))
    }

    /// A store whose every exchange is scripted; three attempts at most.
    static func scripted(
        _ exchanges: [ScriptedTransport.Exchange], waits: Waits = Waits(),
        _ extra: String = "region: eu-west-1\nmax_retries: 3\naccess_key: a\nsecret_key: b"
    ) async throws -> (any ObjectStore, ScriptedTransport) {
        let transport = ScriptedTransport(exchanges)
        let store = try await make(
            yaml("127.0.0.1:9000", bucket: "metrics", extra), transport: transport, waits: waits)
        return (store, transport)
    }
}

/// How long the stores wanted to wait; nobody does wait.
final class Waits: Sendable {
    private let noted = Mutex<[Duration]>([])

    var all: [Duration] { noted.withLock { $0 } }

    @Sendable func note(_ wait: Duration) { noted.withLock { $0.append(wait) } }
}
