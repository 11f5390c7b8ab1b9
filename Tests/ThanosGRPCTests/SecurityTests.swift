import FoundationEssentials
import HTTPServing
import Testing
import ThanosGRPC

@Suite("TLS between receivers")
struct SecurityTests {
    private let authority: CertificateAuthority
    private let security: ServerSecurity

    init() throws {
        authority = try CertificateAuthority(commonName: "test authority")
        security = .tls(try authority.identity(for: ["127.0.0.1"]))
    }

    private func write(
        _ change: (inout PeerOptions.TLS) -> Void, security: ServerSecurity? = nil
    ) async throws {
        var tls = PeerOptions.TLS()
        change(&tls)
        var options = PeerOptions()
        options.tls = tls
        try await serving(ScriptedServices(), security: security ?? self.security) {
            [options] address in
            try await withPeer("\(address)", options) { peer in
                try await peer.remoteWrite([1, 2, 3], timeout: .seconds(20))
            }
        }
    }

    @Test("trusts the authority it was given")
    func trusted() async throws {
        try await write { $0.authorityPEM = authority.certificatePEM }
    }

    @Test("does not trust anybody else, unless told not to look")
    func untrusted() async throws {
        let failure = await #expect(throws: CallFailure.self) { try await write { _ in } }
        let expected = CallFailure(
            .unavailable,
            #"connection error: desc = "transport: authentication handshake failed: "#
                + #"tls: failed to verify certificate""#)
        #expect(failure == expected)
        try await write { $0.skipsVerification = true }
    }

    @Test("looks for the name that it was told, which need not be the target")
    func names() async throws {
        let named = ServerSecurity.tls(try authority.identity(for: ["receiver.test"]))
        try await write(
            {
                $0.authorityPEM = authority.certificatePEM
                $0.serverName = "receiver.test"
            }, security: named)
        await #expect(throws: CallFailure.self) {
            try await write(
                {
                    $0.authorityPEM = authority.certificatePEM
                    $0.serverName = "somebody-else.test"
                }, security: named)
        }
    }

    @Test("lets in only who has a certificate, where one is asked for")
    func clientCertificates() async throws {
        let strict = ServerSecurity.tls(
            try authority.identity(for: ["127.0.0.1"]),
            clientAuthorityPEM: try fixture("authority.pem"))
        await #expect(throws: CallFailure.self) {
            try await write({ $0.authorityPEM = authority.certificatePEM }, security: strict)
        }
        let identity = TLSIdentity(
            certificateChainPEM: try fixture("client.pem"),
            privateKeyPEM: try fixture("client.key"))
        try await write(
            {
                $0.authorityPEM = authority.certificatePEM
                $0.identity = identity
            }, security: strict)
    }

    private func fixture(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "fixtures/grpc-peers/\(name)"), encoding: .utf8)
    }

    @Test("that cannot be set up is an error of the start")
    func badCertificate() async throws {
        let broken = ServerSecurity.tls(
            TLSIdentity(certificateChainPEM: "no certificate", privateKeyPEM: "no key"))
        await #expect(throws: ServingError.self) {
            try await serving(ScriptedServices(), security: broken) { _ in }
        }
    }
}
