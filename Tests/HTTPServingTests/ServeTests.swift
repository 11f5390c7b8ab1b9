import Glibc
import Testing

@testable import HTTPServing

@Suite("HTTP serving")
struct ServeTests {
    @Test("answers with the headers as given, in order, and adds only length and date")
    func answersAsGiven() async throws {
        let reply = try await exchange("GET /a%20b?x=1&y=%2F+z&x=2 HTTP/1.1\r\nHost: t\r\n\r\n") {
            request in
            let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
            return ServedResponse(
                status: 307, headers: [("Location", "/c"), ("X-Odd-CASE", "v")],
                body: .bytes(Array("\(request.method) \(request.path) \(query)".utf8)),
                closesConnection: true)
        }
        let (head, body) = try reply.parts
        #expect(body == "GET /a b x=1;y=/ z;x=2")
        #expect(head.first == "HTTP/1.1 307 Temporary Redirect")
        let names = head.dropFirst().compactMap { $0.split(separator: ":").first.map(String.init) }
        #expect(names == ["Location", "X-Odd-CASE", "Date", "Content-Length", "Connection"])
    }

    @Test("reads a chunked body and a declared one")
    func readsBodies() async throws {
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        let first = try await exchange(chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", respond: echo)
        #expect(try first.parts.body == "abcde")
        let declared = "POST / HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwxyz"
        let second = try await exchange(declared, respond: echo)
        #expect(try second.parts.body == "wxyz")
    }

    @Test(
        "refuses a body above the limit",
        arguments: [
            "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n123456789",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n123456789\r\n0\r\n\r\n",
        ])
    func refusesLargeBodies(request: String) async throws {
        let reply = try await exchange(request, finishes: true, respond: echo)
        #expect(try reply.parts.body == "tooLarge(limit: 8)")
    }

    @Test("hands a body out once")
    func readsOnce() async throws {
        let request = "POST / HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwxyz"
        let reply = try await exchange(request) { request in
            _ = await echo(request)
            return await echo(request)
        }
        #expect(try reply.parts.body == "truncated")
    }

    @Test("calls a body truncated when the client leaves before its end")
    func reportsTruncation() async throws {
        let reply = try await exchange(
            "POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\nabc", finishes: true, respond: echo)
        #expect(try reply.parts.body == "truncated")
    }

    @Test("cuts a client that does not finish its head, and one that does not finish its body")
    func cutsSlowClients() async throws {
        let address = ListenAddress(host: "127.0.0.1", port: 0)
        let options = ServerOptions(address: address, readTimeout: .milliseconds(50))
        for part in ["GET / HT", "POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\nabc"] {
            let reply = try await exchange(part, options: options, respond: echo)
            #expect(!reply.text.contains("200"))
        }
    }

    @Test("answers HEAD with the length and no body, and keeps the connection usable")
    func answersHead() async throws {
        let two = "HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n"
        let reply = try await exchange(two) { _ in
            ServedResponse(status: 200, body: .segments([Array("ab".utf8), Array("cd".utf8)]))
        }
        #expect(reply.text.components(of: "HTTP/1.1 200 OK") == 2)
        #expect(reply.text.components(of: "Content-Length: 4") == 2)
        #expect(reply.text.components(of: "abcd") == 1)
    }

    @Test("streams chunks as they come")
    func streams() async throws {
        let reply = try await exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n") { _ in
            let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
            continuation.yield(Array("one".utf8))
            continuation.yield(Array("two".utf8))
            continuation.finish()
            return ServedResponse(status: 200, body: .stream(stream))
        }
        #expect(try reply.parts.body == "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
    }

    @Test("asks for the body with 100 Continue only when it is read")
    func continues() async throws {
        let request = """
            POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\
            Connection: close\r\n\r\nhi
            """
        let reply = try await exchange(request, respond: echo)
        #expect(reply.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"))
        #expect(reply.text.hasSuffix("hi"))
    }

    @Test("goes on serving after a client that speaks no HTTP")
    func survivesGarbage() async throws {
        try await withServer(respond: echo) { address in
            let bad = try Peer(address)
            try bad.send("\u{1}\u{2}\u{3} garbage\r\n\r\n")
            #expect(try await bad.readToEnd().text.hasPrefix("HTTP/1.1 400"))
            let good = try Peer(address)
            try good.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(try await good.readToEnd().text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("lets the answer in flight finish when it is told to stop")
    func stopsGracefully() async throws {
        let (started, signal) = AsyncStream<Void>.makeStream()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
        let server = Task {
            try await serve(
                ServerOptions(address: ListenAddress(host: "127.0.0.1", port: 0)),
                onBound: { binding.yield($0) },
                respond: { _ in
                    signal.yield()
                    for await _ in release { break }
                    return ServedResponse(status: 200, body: .bytes(Array("done".utf8)))
                })
        }
        let address = try #require(await bound.first { _ in true })
        let peer = try Peer(address)
        try peer.send("GET / HTTP/1.1\r\n\r\n")
        _ = await started.first { _ in true }
        server.cancel()
        releasing.yield()
        try await server.value
        #expect(try await peer.readToEnd().text.hasSuffix("done"))
    }

    @Test("does not wait for a responder that hangs once the grace is over")
    func givesUpOnHangs() async throws {
        let (started, signal) = AsyncStream<Void>.makeStream()
        let options = ServerOptions(
            address: ListenAddress(host: "127.0.0.1", port: 0), gracePeriod: .zero)
        try await withServer(options) { _ in
            signal.yield()
            // Ends by cancellation only.
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return ServedResponse(status: 200)
        } body: { address in
            let peer = try Peer(address)
            try peer.send("GET / HTTP/1.1\r\n\r\n")
            _ = await started.first { _ in true }
        }
    }

    @Test("names a port that is taken")
    func namesTakenPorts() async throws {
        try await withServer(respond: echo) { address in
            await #expect {
                try await serve(ServerOptions(address: address), respond: echo)
            } throws: { error in
                (error as? ServingError)?.code == .addressInUse
            }
        }
    }

    @Test("closes connections beyond the limit")
    func limitsConnections() async throws {
        let options = ServerOptions(
            address: ListenAddress(host: "127.0.0.1", port: 0), maxConnections: 1)
        try await withServer(options, respond: echo) { address in
            let first = try Peer(address)
            try first.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try await first.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            let second = try Peer(address)
            #expect(try await second.readToEnd().text == "")
        }
    }
}

/// Answers with the body, or with the reason why it could not be had.
@Sendable
private func echo(_ request: ServedRequest) async -> ServedResponse {
    do {
        return ServedResponse(status: 200, body: .bytes(try await request.body(limit: 8)))
    } catch {
        return ServedResponse(
            status: 413, body: .bytes(Array("\(error)".utf8)), closesConnection: true)
    }
}
