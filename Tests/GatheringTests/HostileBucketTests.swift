import CurlHTTP
import Evidence
import KubernetesModel
import MarkedYAML
import NetworkProbes
import PipelineModel
import Testing

@testable import Gathering

/// Buckets that are very full, strange, or not what they are taken for.
@Suite("Looking into strange buckets", .timeLimit(.minutes(1)))
struct HostileBucketTests {
    /// Answers every request from its path and query.
    private struct StrangeServer: HTTPTransport {
        let answer: @Sendable (_ url: String) -> HTTPResponse

        func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
            answer(request.url)
        }
    }

    private static func state(
        _ answer: @escaping @Sendable (String) -> HTTPResponse
    ) async throws -> BucketState {
        let text = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: objstore, namespace: m}
            data:
              objstore.yaml: |
                type: S3
                config: {bucket: metrics, endpoint: "127.0.0.1:9", insecure: true, region: r,
                  access_key: example, secret_key: example}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: m}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      args: [receive, --tsdb.path=/d, --objstore.config-file=/etc/o/objstore.yaml]
                      volumeMounts: [{name: objstore, mountPath: /etc/o}]
                  volumes: [{name: objstore, configMap: {name: objstore}}]
            """
        let documents = YAMLReader.stream(SourceText(name: "objects", text: text)).documents
        let gatherer = BucketGatherer(
            transport: StrangeServer(answer: answer), policy: ProbePolicy(), limit: .seconds(50))
        let seen = await gatherer.gather(
            Pipeline(Objects(documents.compactMap { KubernetesObject($0) }))
        ).0
        return try #require(seen.items.first, "\(seen.missing)")
    }

    private static func ulid(_ number: Int) -> String {
        let digits = String(number)
        return "01M817" + String(repeating: "0", count: 20 - digits.count) + digits
    }

    private static func page(_ ulids: Range<Int>, next: Int?) -> HTTPResponse {
        let folders = ulids.map { "<CommonPrefixes><Prefix>\(ulid($0))/</Prefix></CommonPrefixes>" }
        let more = next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
        return HTTPResponse(
            status: 200,
            text: "<ListBucketResult><IsTruncated>\(next != nil)</IsTruncated>\(more)"
                + folders.joined() + "</ListBucketResult>")
    }

    private static func error(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            text: "<Error><Code>\(code)</Code><Message>\(message)</Message></Error>")
    }

    private static let meta = """
        {"minTime": 1, "maxTime": 2, "thanos": {"labels": {"replica": "a"}}}
        """

    @Test("of a hundred thousand blocks the newest are read")
    func full() async throws {
        let state = try await Self.state { url in
            if url.contains("meta.json") { return HTTPResponse(status: 200, text: Self.meta) }
            if url.contains("deletion-mark") { return HTTPResponse(status: 404, text: "") }
            let token = url.firstMatch(of: #/continuation-token=(\d+)/#).flatMap { Int($0.1) } ?? 0
            let next = token + 1000
            return Self.page(token..<next, next: next < 100_000 ? next : nil)
        }
        let listing = try #require(state.listing)
        #expect(listing.isCut)
        #expect(listing.blocks.count == 500)
        #expect(listing.blocks.first?.ulid == Self.ulid(99_999))
    }

    @Test("what is no meta.json is passed over, and said", arguments: ["", "{", "[]", "\0\u{1}"])
    func unreadable(meta: String) async throws {
        let state = try await Self.state { url in
            if url.contains("deletion-mark") { return HTTPResponse(status: 404, text: "") }
            guard url.contains("meta.json") else { return Self.page(0..<2, next: nil) }
            let isWhole = url.contains(Self.ulid(1))
            return HTTPResponse(status: 200, text: isWhole ? Self.meta : meta)
        }
        let listing = try #require(state.listing)
        #expect(listing.blocks.map(\.ulid) == [Self.ulid(1)])
        #expect(listing.isCut)
    }

    struct Refusal: Sendable {
        let response: HTTPResponse
        let kind: BucketState.Failure.Kind

        init(_ response: HTTPResponse, _ kind: BucketState.Failure.Kind) {
            self.response = response
            self.kind = kind
        }
    }

    private static let refusals = [
        Refusal(
            error(
                400, "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region 'r' is wrong"), .wrongRegion),
        Refusal(
            error(
                403, "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large."),
            .clockSkewed),
        Refusal(HTTPResponse(status: 200, text: "<html><body>Hello</body></html>"), .malformed),
        Refusal(
            HTTPResponse(
                status: 200, text: "<x:Files xmlns:x=\"urn:x\"><x:File>a</x:File></x:Files>"),
            .malformed),
        Refusal(HTTPResponse(status: 200, text: "\0\u{1}\u{2}"), .malformed),
    ]

    @Test("what is no list of a bucket has a kind of its own", arguments: refusals)
    func strange(refusal: Refusal) async throws {
        let state = try await Self.state { _ in refusal.response }
        let failure = try #require(state.failure)
        #expect(failure.kind == refusal.kind, "\(failure)")
        #expect(!"\(failure)".contains("example"))
    }
}
