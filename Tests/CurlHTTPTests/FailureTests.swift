import CurlHTTP
import Glibc
import LoopbackServer
import Testing

/// What goes wrong without TLS, and the kind that it is given.
@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
    static let quick = Timeouts(connect: .milliseconds(500), total: .milliseconds(500))

    static func kind(
        _ url: String, timeouts: Timeouts = Timeouts(), proxy: ProxyPolicy = .none
    ) async -> TransportFailure.Kind? {
        await kind(of: HTTPRequest(.get, url, timeouts: timeouts, proxy: proxy), CurlClient())
    }

    static func kind(
        of request: HTTPRequest, _ client: CurlClient
    ) async -> TransportFailure.Kind? {
        do {
            _ = try await client.send(request)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("nothing listens: refused, with the place in the message")
    func refused() async throws {
        let port = try LoopbackServer.closedPort()
        let request = HTTPRequest(.get, "http://127.0.0.1:\(port)")
        let failure = await #expect(throws: TransportFailure.self) {
            try await CurlClient().send(request)
        }
        #expect(failure?.kind == .refused)
        #expect(failure?.message.contains("127.0.0.1:\(port) refused") == true)
    }

    @Test("a connection that is reset")
    func reset() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.reset()
        }
        #expect(await Self.kind(server.url) == .reset)
    }

    @Test("a server that accepts and says nothing: timed out after the connection")
    func silence() async throws {
        let server = try LoopbackServer { $0.waitForEnd() }
        let start = ContinuousClock.now
        #expect(await Self.kind(server.url, timeouts: Self.quick) == .timedOut(after: .connect))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("a body that stops half way: timed out after the first byte")
    func stall() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
            connection.waitForEnd()
        }
        #expect(await Self.kind(server.url, timeouts: Self.quick) == .timedOut(after: .firstByte))
    }

    @Test("interim answers without end do not outlast the deadline")
    func endlessInterim() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {}
        }
        let kind = await Self.kind(server.url, timeouts: Self.quick)
        #expect(
            kind == .timedOut(after: .connect) || kind == .timedOut(after: .firstByte)
                || kind == .tooLarge)
    }

    @Test("header fields without end are too large")
    func endlessHeaders() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-More: \(String(repeating: "y", count: 1000))\r\n") {}
        }
        #expect(await Self.kind(server.url) == .tooLarge)
    }

    @Test("one header line without end is refused")
    func endlessHeaderLine() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nX-More: ")
            while connection.send([UInt8](repeating: 0x79, count: 1 << 16)) {}
        }
        #expect(await Self.kind(server.url) == .tooLarge)
    }

    @Test(
        "answers that break off",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", TransportFailure.Kind.truncatedBody),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort", .truncatedBody),
            ("", .emptyReply),
            ("SSH-2.0-OpenSSH_9.2p1\r\n", .notHTTP),
            ("\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{28}", .notHTTP),
        ])
    func broken(reply: String, kind: TransportFailure.Kind) async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send(reply)
        }
        #expect(await Self.kind(server.url) == kind)
    }

    @Test("a name that cannot exist is not resolved")
    func unknownName() async {
        // No host name may consist of a hyphen (RFC 952): the resolver refuses without asking.
        let kind = await Self.kind("http://-/")
        #expect(kind == .nameNotResolved)
    }

    @Test("a proxy that refuses its service, or is not there", arguments: [true, false])
    func proxy(listens: Bool) async throws {
        let server = try LoopbackServer.answering { _ in .http("403 Forbidden", "no") }
        let port = listens ? server.port : try LoopbackServer.closedPort()
        let kind = await Self.kind(
            "https://far.invalid/", proxy: .url("http://127.0.0.1:\(port)"))
        #expect(kind == (listens ? .proxyFailed : .refused))
    }

    @Test(
        "requests that cannot be sent are refused beforehand",
        arguments: [
            HTTPRequest(.get, "ftp://127.0.0.1/"), HTTPRequest(.get, "127.0.0.1"),
            HTTPRequest(.get, "http://127.0.0.1:99999/"), HTTPRequest(.get, "http://a b/"),
            HTTPRequest(.get, "file:///etc/passwd"),
            HTTPRequest(.get, "http://127.0.0.1/", headers: ["X": "a\r\nY: b"]),
            HTTPRequest(.get, "http://127.0.0.1/", authorization: .bearer("a\nb")),
            HTTPRequest(
                .get, "http://h/", resolve: [ResolvedName(host: "h", port: 80, address: "x,y")]),
        ])
    func invalid(request: HTTPRequest) async {
        let failure = await #expect(throws: TransportFailure.self) {
            try await CurlClient().send(request)
        }
        #expect(failure?.kind == .invalidRequest)
        #expect(failure?.message.contains("\n") == false)
    }

    @Test("cancelling ends a request at once, wherever it is", arguments: [1, 2])
    func cancellation(concurrency: Int) async throws {
        let server = try LoopbackServer { $0.waitForEnd() }
        let client = CurlClient(concurrency: concurrency)
        let start = ContinuousClock.now
        let kinds = await withTaskGroup(of: TransportFailure.Kind?.self) { group in
            // With one place the second request waits for it.
            for _ in 0..<2 {
                group.addTask { await Self.kind(of: HTTPRequest(.get, server.url), client) }
            }
            group.cancelAll()
            return await group.reduce(into: [TransportFailure.Kind?]()) { $0.append($1) }
        }
        #expect(kinds == [.cancelled, .cancelled])
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("waiting for a place counts towards the deadline")
    func waitingForAPlace() async throws {
        let server = try LoopbackServer { $0.waitForEnd() }
        let client = CurlClient(concurrency: 1)
        let kinds = await withTaskGroup(of: TransportFailure.Kind?.self) { group in
            for limit in [2000, 300] {
                let request = HTTPRequest(
                    .get, server.url, timeouts: Timeouts(total: .milliseconds(limit)))
                group.addTask { await Self.kind(of: request, client) }
            }
            return await group.reduce(into: [TransportFailure.Kind?]()) { $0.append($1) }
        }
        #expect(kinds.count == 2)
        for kind in kinds {
            #expect(kind == .timedOut(after: .start) || kind == .timedOut(after: .connect))
        }
    }
}
