import FoundationEssentials
import NIOSSL
import Testing

@testable import HTTPServing

@Suite("Client certificates")
struct ClientCertificateTests {
    private static let request = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"

    private let authority: CertificateAuthority
    private let stranger: CertificateAuthority
    private let server: TLSIdentity

    init() throws {
        authority = try CertificateAuthority(commonName: "authority")
        stranger = try CertificateAuthority(commonName: "stranger")
        server = try authority.identity(for: ["127.0.0.1"])
    }

    private func options(_ demands: TLSDemands) -> ServerOptions {
        ServerOptions(
            address: ListenAddress(host: "127.0.0.1", port: 0), tls: server, demands: demands)
    }

    private var demanding: ServerOptions {
        options(TLSDemands(clientAuthorityPEM: authority.certificatePEM))
    }

    private func answer(
        to identity: TLSIdentity?, _ options: ServerOptions, maximum: TLSVersion? = nil
    ) async throws -> String {
        var answer = ""
        try await withServer(options, respond: nameClient) { address in
            let client = TLSClient(
                authorityPEM: authority.certificatePEM, identity: identity,
                maximumVersion: maximum)
            answer = try await client.exchange(Self.request, at: address)
        }
        return answer
    }

    @Test(
        "hands out the subject of a verified certificate",
        arguments: [
            CertificateSubject(organization: "team-a", organizationalUnit: "ops", commonName: "x"),
            CertificateSubject(organization: "a b/ü"), CertificateSubject(commonName: "agent"),
            CertificateSubject(),
        ])
    func subjects(subject: CertificateSubject) async throws {
        let client = try authority.clientIdentity(for: subject)
        let answer = try await answer(to: client, demanding)
        #expect(answer.hasSuffix("\r\n\r\n\(ClientIdentity.certified(subject))"))
    }

    @Test("ends a handshake without a certificate, or with one of others")
    func strangers() async throws {
        let subject = CertificateSubject(commonName: "x")
        let past = Date().addingTimeInterval(-7200)...Date().addingTimeInterval(-3600)
        for identity in [
            nil, try stranger.clientIdentity(for: subject),
            try authority.clientIdentity(for: subject, validity: past),
            // A certificate for servers proves nothing about a client.
            try authority.identity(for: ["127.0.0.1"]),
        ] {
            await #expect(throws: (any Error).self) {
                let answer = try await answer(to: identity, demanding)
                try #require(!answer.isEmpty)
            }
        }
    }

    @Test("knows the client as anonymous where no certificate is asked for")
    func anonymous() async throws {
        let client = try authority.clientIdentity(for: CertificateSubject(commonName: "x"))
        for identity in [nil, client] {
            let answer = try await answer(to: identity, options(TLSDemands()))
            #expect(answer.hasSuffix("\r\n\r\nanonymous"))
        }
    }

    @Test("speaks 1.3 unless an older version is allowed")
    func versions() async throws {
        await #expect(throws: (any Error).self) {
            let answer = try await answer(to: nil, options(TLSDemands()), maximum: .tlsv12)
            try #require(!answer.isEmpty)
        }
        let older = try await answer(
            to: nil, options(TLSDemands(minimumVersion: .v1_2)), maximum: .tlsv12)
        #expect(older.hasSuffix("anonymous"))
    }

    @Test("knows a client without TLS as unencrypted")
    func plain() async throws {
        let reply = try await exchange(Self.request, respond: nameClient)
        #expect(try reply.parts.body == "unencrypted")
    }

    @Test("names what is wrong with a certificate or key")
    func faults() throws {
        let other = try stranger.identity(for: ["127.0.0.1"])
        let good = server.certificateChainPEM
        for (chain, key, fault) in [
            ("x", server.privateKeyPEM, TLSFault.noCertificate),
            (good.replacing("a", with: "!"), server.privateKeyPEM, .badCertificate),
            (good, "x", .noKey), (good, "-----BEGIN PRIVATE KEY-----\nx\n", .badKey),
            (good, other.privateKeyPEM, .mismatch),
        ] {
            #expect(throws: fault) {
                try TLSIdentity(certificateChainPEM: chain, privateKeyPEM: key).check()
            }
        }
        try server.check()
    }

    @Test("cuts a client that does not finish its handshake")
    func stalledHandshakes() async throws {
        var options = demanding
        options.readTimeout = .milliseconds(50)
        try await withServer(options, respond: nameClient) { address in
            // The first bytes of a record that announces a ClientHello of 512 bytes.
            for part in ["", "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}"] {
                let peer = try Peer(address)
                try peer.send(part)
                #expect(try await peer.readToEnd().text.isEmpty)
            }
        }
    }
}

@Sendable
private func nameClient(_ request: ServedRequest) async -> ServedResponse {
    ServedResponse(status: 200, body: .bytes(Array("\(request.client)".utf8)))
}
