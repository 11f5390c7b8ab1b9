import CurlHTTP
import LoopbackServer
import ObjectStore
import Testing

@Suite("single exchanges with an S3 server")
struct S3ExchangeTests {
    private static func xml(_ text: String, status: Int = 200) -> ScriptedTransport.Reply {
        .response(HTTPResponse(status: status, text: "<?xml version=\"1.0\"?>\n" + text))
    }

    private static func page(_ keys: Range<Int>, next: String?) -> ScriptedTransport.Reply {
        let contents = keys.map { "<Contents><Key>block%2F\($0)</Key><Size>1</Size></Contents>" }
        let more = next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
        return xml(
            "<ListBucketResult xmlns=\"x\"><IsTruncated>\(next != nil)</IsTruncated>\(more)"
                + "<EncodingType>url</EncodingType><Prefix>block%2F</Prefix>"
                + contents.joined() + "</ListBucketResult>")
    }

    @Test("a listing of more than one page is read to its end")
    func pages() async throws {
        let query = "delimiter=&encoding-type=url&list-type=2&prefix=block%2F"
        let (store, transport) = try await Stores.scripted([
            .init(.get, "/metrics/?" + query, Self.page(0..<1000, next: "a+b/c=")),
            .init(
                .get, "?continuation-token=a%2Bb%2Fc%3D&" + query, Self.page(1000..<1001, next: nil)
            ),
        ])
        let keys = try await store.list("block", recursive: true)
        #expect(keys.count == 1001)
        #expect(Set(keys) == Set((0...1000).map { "block/\($0)" }))
        #expect(transport.unused.isEmpty && transport.unexpected.isEmpty)
    }

    @Test(
        "an answer that is no listing is an error",
        arguments: [
            "", "<ListBucketResult>", "<a/>", "not XML",
            "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        ])
    func noListing(body: String) async throws {
        let (store, _) = try await Stores.scripted([
            .init(.get, "prefix=", .response(HTTPResponse(status: 200, text: body)))
        ])
        let error = await #expect(throws: ObjectStoreError.self) {
            try await store.list("", recursive: true)
        }
        #expect(error?.code == .refused)
    }

    @Test("a listing that goes in circles is given up")
    func circle() async throws {
        let (store, _) = try await Stores.scripted([
            .init(.get, "prefix=", Self.page(0..<2, next: "again")),
            .init(.get, "prefix=", Self.page(0..<2, next: "again")),
        ])
        let error = await #expect(throws: ObjectStoreError.self) {
            try await store.list("", recursive: true)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("a server in trouble is asked again, ever more slowly, and then no more")
    func retries() async throws {
        let waits = Waits()
        let busy = Self.xml(
            "<Error><Code>SlowDown</Code><Message>Busy</Message></Error>", status: 503)
        let (store, transport) = try await Stores.scripted(
            [.init(.head, "/a", busy), .init(.head, "/a", busy), .init(.head, "/a", busy)],
            waits: waits)
        let error = await #expect(throws: ObjectStoreError.self) { try await store.exists("a") }
        #expect(error?.message == "stat s3 object: Busy")
        #expect(waits.all == [.milliseconds(100), .milliseconds(200)])
        #expect(transport.unused.isEmpty)
    }

    @Test("a refusal is not asked again", arguments: [400, 403, 404, 409, 412])
    func final(status: Int) async throws {
        let (store, transport) = try await Stores.scripted([
            .init(.put, "/a", .response(HTTPResponse(status: status)))
        ])
        await #expect(throws: ObjectStoreError.self) {
            try await store.upload(.bytes([1]), as: "a")
        }
        #expect(transport.requests.count == 1)
    }

    @Test("a port where nobody listens, in Go's words, after ten attempts of 3.7 s")
    func refused() async throws {
        let port = try LoopbackServer.closedPort()
        let waits = Waits()
        let store = try await Stores.make(
            Stores.yaml("127.0.0.1:\(port)", bucket: "metrics"), waits: waits)
        let error = await #expect(throws: ObjectStoreError.self) {
            try await store.exists("01M8/meta.json")
        }
        #expect(
            error?.message
                == "stat s3 object: Head \"http://127.0.0.1:\(port)/metrics/01M8/meta.json\": "
                + "dial tcp 127.0.0.1:\(port): connect: connection refused")
        #expect(waits.all.count == 9)
        #expect(waits.all.reduce(.zero, +) == .milliseconds(3700))
    }

    @Test("a cancelled task stops asking")
    func cancelled() async throws {
        let (store, transport) = try await Stores.scripted([
            .init(.head, "/a", .failure(TransportFailure(.cancelled, "cancelled")))
        ])
        let error = await #expect(throws: ObjectStoreError.self) { try await store.exists("a") }
        #expect(error?.code == .cancelled)
        #expect(transport.requests.count == 1)
    }

    @Test("the region is asked for once, and the requests after it are signed for it")
    func region() async throws {
        let (store, transport) = try await Stores.scripted(
            [
                .init(
                    .get, "/metrics/?location=",
                    Self.xml("<LocationConstraint xmlns=\"x\">eu-north-1</LocationConstraint>")),
                .init(.head, "/a", .response(HTTPResponse(status: 200))),
                .init(.head, "/b", .response(HTTPResponse(status: 404))),
            ], "access_key: a\nsecret_key: b\nsession_token: t")
        #expect(try await store.exists("a"))
        #expect(try await !store.exists("b"))
        #expect(
            transport.requests.map { "\($0.authorization)" } == [
                "AWS signature, region us-east-1", "AWS signature, region eu-north-1",
                "AWS signature, region eu-north-1",
            ])
        #expect(transport.requests.allSatisfy { $0.headers["x-amz-security-token"] == "t" })
    }

    @Test("without a key pair nothing is signed and no region is asked for")
    func anonymous() async throws {
        let (store, transport) = try await Stores.scripted(
            [.init(.head, "/a", .response(HTTPResponse(status: 200)))], "")
        #expect(try await store.exists("a"))
        #expect(transport.requests.map { "\($0.authorization)" } == ["none"])
        #expect(transport.requests[0].headers["x-amz-content-sha256"] == nil)
    }

    @Test(
        "a bucket without a usable name is not asked for",
        arguments: [
            ("''", "Bucket name cannot be empty"),
            ("ab", "Bucket name cannot be shorter than 3 characters"),
            ("'10.0.0.1'", "Bucket name cannot be an ip address"),
            ("a/../b", "Bucket name contains invalid characters"),
            ("a..b", "Bucket name contains invalid characters"),
        ])
    func bucketName(name: String, text: String) async throws {
        let transport = ScriptedTransport([])
        let store = try await Stores.make(
            Stores.yaml("127.0.0.1:9000", bucket: name), transport: transport)
        let error = await #expect(throws: ObjectStoreError.self) { try await store.exists("a") }
        #expect(error?.message == "stat s3 object: \(text)")
        #expect(transport.requests.isEmpty)
    }
}

extension S3ExchangeTests {
    private static let started: ScriptedTransport.Exchange = .init(
        .post, "/metrics/a?uploads=",
        xml(
            "<InitiateMultipartUploadResult><UploadId>U1</UploadId></InitiateMultipartUploadResult>"
        ))
    private static let dropped: ScriptedTransport.Exchange = .init(
        .delete, "/metrics/a?uploadId=U1", .response(HTTPResponse(status: 204)))

    private static func part(_ number: Int, status: Int = 200) -> ScriptedTransport.Exchange {
        let response = HTTPResponse(status: status, headers: ["ETag": "\"tag-\(number)\""])
        return .init(.put, "/metrics/a?partNumber=\(number)&uploadId=U1", .response(response))
    }

    private static func completed(_ text: String) -> ScriptedTransport.Exchange {
        .init(.post, "/metrics/a?uploadId=U1", xml(text))
    }

    /// Parts of 5 MiB, the least that S3 takes.
    private func upload(
        _ exchanges: [ScriptedTransport.Exchange]
    ) async throws -> (ScriptedTransport, ObjectStoreError?) {
        let (store, transport) = try await Stores.scripted(
            exchanges,
            "region: r\nmax_retries: 1\naccess_key: a\nsecret_key: b\npart_size: 1"
                + "\nsend_content_md5: false")
        do throws(ObjectStoreError) {
            try await store.upload(.bytes([UInt8](repeating: 7, count: 5 << 20 | 1)), as: "a")
            return (transport, nil)
        } catch {
            return (transport, error)
        }
    }

    @Test("parts are joined by number and tag")
    func joined() async throws {
        let (transport, error) = try await upload([
            Self.started, Self.part(1), Self.part(2),
            Self.completed(
                "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"),
        ])
        #expect(error == nil)
        #expect(transport.requests.map(\.body.count).dropLast() == [0, 5 << 20, 1])
        let body = String(decoding: transport.requests.last?.body ?? [], as: UTF8.self)
        #expect(body.contains("<Part><PartNumber>2</PartNumber><ETag>\"tag-2\"</ETag></Part>"))
    }

    @Test(
        "an upload that cannot be finished is dropped",
        arguments: [
            [part(1, status: 403)], [part(1), part(2, status: 500)],
            [
                part(1), part(2),
                completed("<Error><Code>InternalError</Code><Message>Late</Message></Error>"),
            ],
        ])
    func aborted(exchanges: [ScriptedTransport.Exchange]) async throws {
        let (transport, error) = try await upload([Self.started] + exchanges + [Self.dropped])
        #expect(error?.texts.last == "upload s3 object")
        #expect(transport.unused.isEmpty && transport.unexpected.isEmpty)
    }
}
