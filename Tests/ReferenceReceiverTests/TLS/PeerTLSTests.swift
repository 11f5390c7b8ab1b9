import Testing

@testable import ReferenceReceiver

@Suite("Receivers that forward to each other over TLS", .timeLimit(.minutes(1)))
struct PeerTLSTests {
    private let ring: RingOverTLS

    init() throws { ring = try RingOverTLS() }

    @discardableResult
    private func write(
        _ tenant: String, to receiver: RunningReceiver
    ) async throws -> RawHTTP.Answer {
        try await RawHTTP.exchange(
            port: receiver.port(.remoteWrite), method: "POST", path: "/api/v1/receive",
            headers: ["THANOS-TENANT": tenant], body: try RecordedWrite.body())
    }

    private func stores(_ tenant: String, _ receiver: RunningReceiver) async throws -> Bool {
        try await RawHTTP.exchange(
            port: receiver.port(.remoteWrite), method: "GET", path: "/api/v1/status/tsdb",
            headers: ["THANOS-TENANT": tenant]
        ).body.contains(#""numSeries":1,"#)
    }

    @Test(
        "bring to each what the other takes",
        arguments: [
            RingOverTLS.Node(), RingOverTLS.Node(clientAuthority: nil, client: nil),
            RingOverTLS.Node(server: "elsewhere", expects: "elsewhere"),
        ])
    func forwarding(node: RingOverTLS.Node) async throws {
        try await ring.running(node, node) { first, second in
            for (tenant, there, here) in [("b", first, second), ("a", second, first)] {
                let answer = try await write(tenant, to: there)
                #expect(answer.status == 200, "\(answer.body)")
                #expect(try await stores(tenant, here))
                #expect(try await !stores(tenant, there))
            }
        }
    }

    @Test(
        "miss the quorum, and say why, when they do not agree",
        arguments: [
            (
                RingOverTLS.Node(), RingOverTLS.Node(server: nil),
                "transport: authentication handshake failed: "
                    + "tls: first record does not look like a TLS handshake"
            ),
            (
                RingOverTLS.Node(trusts: "stranger"), RingOverTLS.Node(),
                "transport: authentication handshake failed: tls: failed to verify certificate"
            ),
            (
                RingOverTLS.Node(), RingOverTLS.Node(server: "elsewhere"),
                "transport: authentication handshake failed: tls: failed to verify certificate: "
                    + "x509: certificate is valid for other names"
            ),
            (
                RingOverTLS.Node(client: nil), RingOverTLS.Node(),
                "error reading server preface: remote error: tls: certificate required"
            ),
            (
                RingOverTLS.Node(), RingOverTLS.Node(clientAuthority: "stranger"),
                "error reading server preface: remote error: tls: unknown certificate authority"
            ),
            (
                RingOverTLS.Node(trusts: nil), RingOverTLS.Node(),
                "error reading server preface: EOF"
            ),
        ])
    func disagreement(
        first: RingOverTLS.Node, second: RingOverTLS.Node, reason: String
    ) async throws {
        try await ring.running(first, second) { first, second in
            let answer = try await write("b", to: first)
            #expect(answer.status == 503)
            #expect(
                answer.body
                    == "forwarding request to endpoint {node-b:10901 node-b:19391 }: rpc error: "
                    + "code = Unavailable desc = connection error: desc = \"\(reason)\"\n")
            #expect(try await !stores("b", second))
        }
    }
}
