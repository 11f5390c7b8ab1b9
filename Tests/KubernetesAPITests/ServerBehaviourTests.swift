import CurlHTTP
import KubernetesAPI
import LoopbackServer
import MarkedYAML
import Synchronization
import Testing

/// The client over real sockets against servers that misbehave.
@Suite(.timeLimit(.minutes(1)))
struct ServerBehaviourTests {
    private func client(
        _ url: String, perRequest: Duration = .seconds(5), total: Duration = .seconds(20),
        pauses: PauseLog = PauseLog()
    ) -> KubernetesClient {
        KubernetesClient(
            ClusterConnection(server: url), transport: CurlClient(),
            budget: RequestBudget(deadline: .now + total, perRequest: perRequest) {
                pauses.note($0)
            })
    }

    private func listFailure(_ client: KubernetesClient) async throws -> KubernetesFailure {
        try await failure { () throws(KubernetesFailure) in try await client.list(.pods) }
    }

    @Test("nothing listens")
    func refused() async throws {
        let url = "http://127.0.0.1:\(try LoopbackServer.closedPort())"
        let found = try await listFailure(client(url))
        guard case .unreachable(let failure) = found.kind else {
            Issue.record("\(found.kind)")
            return
        }
        #expect(failure.kind == .refused)
        #expect(found.reason.hasPrefix("the API server cannot be reached: 127.0.0.1:"))
    }

    @Test("a server that hangs, and a budget that is used up", arguments: [true, false])
    func hangs(perRequest: Bool) async throws {
        let server = try LoopbackServer { $0.waitForEnd() }
        let client = client(
            server.url, perRequest: perRequest ? .milliseconds(300) : .seconds(60),
            total: perRequest ? .seconds(60) : .milliseconds(300))
        let start = ContinuousClock.now
        #expect(try await listFailure(client).kind == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(
        "a login page, with its type and its beginning",
        arguments: [
            "200 OK", "403 Forbidden", "404 Not Found", "302 Found",
        ])
    func html(status: String) async throws {
        let server = try LoopbackServer.answering { _ in
            .http(status, type: "text/html; charset=utf-8", "<html>\n<h1>Log in</h1>")
        }
        let found = try await listFailure(client(server.url))
        #expect(
            found.kind == .notKubernetes(contentType: "text/html", start: "<html><h1>Log in</h1>"))
        #expect(found.reason.contains("not an API server"))
    }

    @Test("JSON that breaks off is malformed, with the place")
    func truncatedJSON() async throws {
        let server = try LoopbackServer.answering { _ in
            .http("200 OK", type: "application/json", #"{"kind":"PodList","items":[{"a":"#)
        }
        guard case .malformed(let place) = try await listFailure(client(server.url)).kind else {
            Issue.record("not malformed")
            return
        }
        #expect(place.hasPrefix("/api/v1/pods?limit=500:1:"))
    }

    @Test("JSON that is no list", arguments: [#"{"kind":"Pod"}"#, "[]", "7", "null", "{}"])
    func notAList(body: String) async throws {
        let server = try LoopbackServer.answering { _ in
            .http("200 OK", type: "application/json", body)
        }
        guard case .malformed = try await listFailure(client(server.url)).kind else {
            Issue.record("not malformed")
            return
        }
    }

    @Test("a body that ends early is a transport failure, not an empty list")
    func shortBody() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            connection.send("Content-Length: 999\r\n\r\n{\"kind\":\"PodList\"}")
        }
        guard case .unreachable(let failure) = try await listFailure(client(server.url)).kind else {
            Issue.record("not unreachable")
            return
        }
        #expect(failure.kind == .truncatedBody)
    }

    @Test("410 begins the list again, a bounded number of times", arguments: [1, 2, 3])
    func gone(times: Int) async throws {
        let count = Counter()
        let server = try LoopbackServer.answering { request in
            if request.contains("continue=") {
                return count.next() <= times ? Self.status(410, "Expired") : Self.page(nil)
            }
            return Self.page("next")
        }
        let client = client(server.url)
        guard times <= 2 else {
            #expect(try await listFailure(client).kind == .gone)
            return
        }
        let result = try await client.list(.pods)
        #expect(result.items.count == 2)
        #expect(result.pages.count == 2)
    }

    @Test("a continue token that repeats does not go on for ever")
    func repeatedToken() async throws {
        let server = try LoopbackServer.answering { _ in Self.page("same") }
        guard case .malformed = try await listFailure(client(server.url)).kind else {
            Issue.record("not malformed")
            return
        }
        #expect(server.requests.count == 2)
    }

    @Test("429 is waited out as the server asks, a few times", arguments: [1, 3, 4])
    func throttled(times: Int) async throws {
        let count = Counter()
        let pauses = PauseLog()
        let server = try LoopbackServer.answering { _ in
            count.next() <= times
                ? Self.status(429, "TooManyRequests", headers: ["Retry-After: 2"]) : Self.page(nil)
        }
        let client = client(server.url, pauses: pauses)
        if times <= 3 {
            #expect(try await client.list(.pods).items.count == 1)
        } else {
            #expect(try await listFailure(client).kind == .tooManyRequests(retryAfter: 2))
        }
        #expect(pauses.all == Array(repeating: .seconds(2), count: min(times, 3)))
    }

    @Test("429 with a wait beyond the budget fails at once")
    func throttledTooLong() async throws {
        let pauses = PauseLog()
        let server = try LoopbackServer.answering { _ in
            Self.status(429, "TooManyRequests", headers: ["Retry-After: 999999999999"])
        }
        let found = try await listFailure(client(server.url, pauses: pauses))
        #expect(found.kind == .tooManyRequests(retryAfter: 999_999_999_999))
        #expect(pauses.all.isEmpty)
    }

    @Test("a server error is tried once more", arguments: [1, 2])
    func serverError(times: Int) async throws {
        let count = Counter()
        let server = try LoopbackServer.answering { _ in
            count.next() <= times ? Self.status(500, "InternalError") : Self.page(nil)
        }
        let client = client(server.url)
        if times == 1 {
            #expect(try await client.list(.pods).items.count == 1)
        } else {
            #expect(try await listFailure(client).kind == .serverError(code: 500))
        }
        #expect(server.requests.count == 2)
    }

    @Test("every request is a GET with the token")
    func onlyGET() async throws {
        let server = try LoopbackServer.answering { _ in Self.page(nil) }
        let client = KubernetesClient(
            ClusterConnection(server: server.url, authorization: .bearer("t0ken")),
            transport: CurlClient(), budget: RequestBudget(total: .seconds(10)),
            userAgent: "thanosctl/1.2.3")
        _ = try await client.list(.nodes)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("GET /api/v1/nodes?limit=500 HTTP/1.1\r\n"))
        #expect(sent.contains("Authorization: Bearer t0ken\r\n"))
        #expect(sent.contains("User-Agent: thanosctl/1.2.3\r\n"))
    }

    @Test("an expired client certificate is named behind a 401")
    func expiredCertificate() async throws {
        let folder = try TemporaryFolder()
        try OpenSSL.makeExpiredCertificate("old", in: folder)
        let server = try LoopbackServer.answering { _ in Self.status(401, "Unauthorized") }
        var connection = ClusterConnection(server: server.url, user: "admin")
        connection.tls.clientCertificate = ClientCertificate(
            certificate: try folder.read("old.pem"), key: try folder.read("old.key"))
        let client = KubernetesClient(
            connection, transport: CurlClient(), budget: RequestBudget(total: .seconds(10)))
        let found = try await listFailure(client)
        #expect(
            found.reason == "the API server does not accept the credentials (401): "
                + "the client certificate of user admin expired on 2020-01-01")
    }

    private static func page(_ token: String?) -> String {
        let token = token.map { #","continue":"\#($0)""# } ?? ""
        return .http(
            "200 OK", type: "application/json",
            #"{"kind":"PodList","metadata":{"resourceVersion":"1"\#(token)},"items":[{}]}"#)
    }

    private static func status(
        _ code: Int, _ reason: String, headers: [String] = []
    ) -> String {
        .http(
            "\(code) \(reason)", type: "application/json", headers: headers,
            #"{"kind":"Status","status":"Failure","message":"\#(reason)","code":\#(code)}"#)
    }
}

/// Counts from one, for servers that change their mind.
final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}

/// Waits that were asked for and not made.
final class PauseLog: Sendable {
    private let log = Mutex<[Duration]>([])
    var all: [Duration] { log.withLock { $0 } }
    func note(_ duration: Duration) { log.withLock { $0.append(duration) } }
}
