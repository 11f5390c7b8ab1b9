import CurlHTTP
import LoopbackServer
import MotoServer
import ObjectStore
import Synchronization
import Testing

@Suite("a bucket of an S3 server that verifies signatures", .motoServer)
struct S3ServerTests {
    @Test(
        "keeps what a bucket promises",
        arguments: [
            "region: us-east-1", "", "send_content_md5: false", "session_token: ''",
            "put_user_metadata: {team: metrics}\nsse_config: {type: SSE-S3}",
        ])
    func contract(extra: String) async throws {
        try await StoreContract.holds(for: Stores.moto(extra))
    }

    @Test("keeps it under a prefix")
    func prefix() async throws {
        let server = try #require(MotoServer.current)
        let bucket = try await server.makeBucket()
        let keys = server.credentials
        let yaml = Stores.yaml(
            server.address, bucket: bucket,
            "access_key: \(keys.accessKey)\nsecret_key: \(keys.secretKey)")
        try await Stores.make(yaml).upload(.bytes([1]), as: "beside")
        try await StoreContract.holds(for: Stores.make(yaml + "prefix: /x/y/"))
        #expect(try await Stores.make(yaml).list("", recursive: true) == ["beside"])
    }

    @Test("an object of more than 16 MiB goes in parts and arrives whole")
    func parts() async throws {
        let observed = Mutex<[String]>([])
        let store = ObservedObjectStore(
            // The digest of the signature is enough for an unoptimised build.
            try await Stores.moto("send_content_md5: false")
        ) { operation, error in
            observed.withLock { $0.append("\(operation) \(error == nil)") }
        }
        let folder = try TemporaryFolder()
        let line = String(repeating: "0123456789abcdef", count: 4) + "\n"
        let text = String(repeating: line, count: (16 << 20) / line.utf8.count + 5000)
        let file = try folder.write("segment", text)
        try await store.upload(.file(path: file), as: "chunks/000001")
        let back = try await store.get("chunks/000001", limit: 64 << 20)
        #expect(back.count == text.utf8.count)
        #expect(back.elementsEqual(text.utf8))
        #expect(observed.withLock { $0 } == ["upload true", "get true"])
    }

    /// The texts of a real receiver; where the region is not configured, the client asks for it
    /// first, and that answer has a body to quote.
    @Test(
        "failures have the words of Thanos and its S3 client",
        arguments: [
            (
                "region: us-east-1", "AKIAIOSFODNN7EXAMPLE",
                "stat s3 object: Access Denied."
            ),
            (
                "", "AKIAIOSFODNN7EXAMPLE",
                "stat s3 object: The AWS Access Key Id you provided does not exist in our records."
            ),
        ])
    func wrongKey(extra: String, accessKey: String, text: String) async throws {
        let server = try #require(MotoServer.current)
        let store = try await Stores.make(
            Stores.yaml(
                server.address, bucket: try await server.makeBucket(),
                "access_key: \(accessKey)\nsecret_key: wrong\n" + extra))
        let error = await #expect(throws: ObjectStoreError.self) { try await store.exists("a") }
        #expect(error?.message == text)
        #expect(error?.code == .accessDenied)
    }

    @Test("a bucket that is not there", arguments: ["region: us-east-1", ""])
    func missingBucket(extra: String) async throws {
        let server = try #require(MotoServer.current)
        let keys = server.credentials
        let store = try await Stores.make(
            Stores.yaml(
                server.address, bucket: "nobody-made-this",
                "access_key: \(keys.accessKey)\nsecret_key: \(keys.secretKey)\n" + extra))
        let text = "The specified bucket does not exist"
        if extra.isEmpty {
            let error = await #expect(throws: ObjectStoreError.self) { try await store.exists("a") }
            #expect(error?.message == "stat s3 object: \(text)")
        } else {
            // The answer to a HEAD has no body: a missing bucket looks like a missing object.
            #expect(try await !store.exists("a"))
        }
        let error = await #expect(throws: ObjectStoreError.self) {
            try await store.upload(.bytes([1]), as: "a")
        }
        #expect(error?.message == "upload s3 object: \(text)")
        #expect(error?.code == .noSuchBucket)
    }
}
