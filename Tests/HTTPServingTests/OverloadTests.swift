import Testing

@testable import HTTPServing

@Suite("Clients that mean no good")
struct OverloadTests {
    private static let local = ListenAddress(host: "127.0.0.1", port: 0)

    @Test("answers many clients while others stall in their heads and bodies")
    func stalledClients() async throws {
        try await withServer(respond: count) { address in
            let stalled = try (0..<8).map { _ in try Peer(address) }
            for (index, peer) in stalled.enumerated() {
                try peer.send(
                    index < 4
                        ? "POST / HT" : "POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\nabc")
            }
            let busy = try (0..<200).map { _ in try Peer(address) }
            for peer in busy {
                try peer.send(
                    "POST / HTTP/1.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
            }
            for peer in busy {
                #expect(try await peer.readToEnd().parts.body == "3")
            }
            withExtendedLifetime(stalled) {}
        }
    }

    @Test(
        "survives a stream of garbage after a good request",
        arguments: [
            String(repeating: "\u{1}\u{2}{}\r\n", count: 20_000),
            String(repeating: "GET", count: 40_000),
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        ])
    func garbage(tail: String) async throws {
        let reply = try await exchange(
            "GET / HTTP/1.1\r\n\r\n" + tail, finishes: true, respond: count)
        #expect(reply.text.hasPrefix("HTTP/1.1 200"))
        #expect(reply.text.components(of: "HTTP/1.1 200") == 1)
    }

    @Test("ends a connection on which too many requests wait for their answers")
    func deepPipelines() async throws {
        let reply = try await exchange(
            String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 5000)
        ) { _ in
            await Task.yield()
            return ServedResponse(status: 200)
        }
        #expect(reply.text.components(of: "HTTP/1.1 200") < 5000)
    }

    @Test("answers a few pipelined requests with bodies in order")
    func pipelines() async throws {
        var text = (1...20).map { length in
            "POST / HTTP/1.1\r\nContent-Length: \(length)\r\n\r\n"
                + String(repeating: "x", count: length)
        }.joined()
        text += "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
        let reply = try await exchange(text, respond: count)
        let bodies = reply.text.split(separator: "\r\n\r\n").dropFirst().map {
            $0.prefix { $0.isNumber }
        }
        #expect(bodies.map(String.init) == (1...20).map(String.init) + ["0"])
    }

    @Test("reads no further than what came with the head until the body is wanted")
    func holdsUnwantedBodies() async throws {
        let body = String(repeating: "x", count: 8 << 20)
        let (asked, asking) = AsyncStream<Void>.makeStream()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        try await withServer { request in
            asking.yield()
            for await _ in release { break }
            return await count(request)
        } body: { address in
            let peer = try Peer(address)
            async let sent: Void = peer.sendAll(
                "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body)
            _ = await asked.first { _ in true }
            releasing.yield()
            #expect(try await peer.readToEnd().parts.body == "\(8 << 20)")
            await sent
        }
    }

    @Test("ends the connection without a word when the answer is withheld")
    func withholds() async throws {
        let reply = try await exchange("GET / HTTP/1.1\r\n\r\n") { _ in .withheld }
        #expect(reply.text.isEmpty)
    }
}

@Sendable
private func count(_ request: ServedRequest) async -> ServedResponse {
    guard let body = try? await request.body(limit: 16 << 20) else {
        return ServedResponse(status: 400)
    }
    return ServedResponse(status: 200, body: .bytes(Array("\(body.count)".utf8)))
}
