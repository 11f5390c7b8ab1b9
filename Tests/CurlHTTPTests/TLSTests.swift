import CurlHTTP
import LoopbackServer
import Testing

/// TLS over loopback against `openssl s_server`.
@Suite(.timeLimit(.minutes(1)), .enabled(if: OpenSSL.isInstalled))
struct TLSTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try OpenSSL.makeCertificate("good", in: folder)
    }

    private func kind(
        _ url: String, _ tls: TLSOptions = TLSOptions()
    ) async -> TransportFailure.Kind? {
        do {
            _ = try await CurlClient().send(HTTPRequest(.get, url, tls: tls))
            return nil
        } catch {
            return error.kind
        }
    }

    private func trusting(_ name: String) throws -> TLSOptions {
        TLSOptions(authorities: try folder.read("\(name).pem"))
    }

    @Test("a certificate of a given authority is trusted, and its dates are read")
    func trusted() async throws {
        let server = try TLSServer(certificate: "good", in: folder)
        let request = HTTPRequest(.get, server.url, tls: try trusting("good"))
        let response = try await CurlClient().send(request)
        #expect(response.status == 200)
        #expect(response.timing.tls > response.timing.connect)
        let certificate = try #require(response.certificate)
        #expect(certificate.subject.contains("good"))
        #expect(certificate.alternativeNames.contains("127.0.0.1"))
        let validity = try #require(certificate.validity)
        #expect(validity.notAfter - validity.notBefore == 2 * 86400)
    }

    @Test("an authority nobody named is unknown, and skipping is possible")
    func unknownAuthority() async throws {
        try OpenSSL.makeCertificate("other", in: folder)
        let server = try TLSServer(certificate: "good", in: folder)
        #expect(await kind(server.url) == .tlsUnknownAuthority)
        #expect(await kind(server.url, try trusting("other")) == .tlsUnknownAuthority)
        #expect(await kind(server.url, TLSOptions(skipsVerification: true)) == nil)
    }

    @Test("an expired certificate")
    func expired() async throws {
        try OpenSSL.makeExpiredCertificate("old", in: folder)
        let server = try TLSServer(certificate: "old", in: folder)
        #expect(await kind(server.url, try trusting("old")) == .tlsExpired)
        let validity = CertificateValidity(pem: try folder.read("old.pem"))
        #expect(validity == CertificateValidity(notBefore: 1_546_300_800, notAfter: 1_577_836_800))
    }

    @Test("a certificate for another name, and the name asked for instead of the host")
    func names() async throws {
        try OpenSSL.makeCertificate("named", names: "DNS:kubernetes", in: folder)
        let server = try TLSServer(certificate: "named", in: folder)
        var tls = try trusting("named")
        #expect(await kind(server.url, tls) == .tlsNameMismatch)
        tls.serverName = "kubernetes"
        #expect(await kind(server.url, tls) == nil)
        tls.serverName = "elsewhere"
        #expect(await kind(server.url, tls) == .tlsNameMismatch)
    }

    @Test("a client certificate that is asked for", arguments: ["-tls1_2", "-tls1_3"])
    func clientCertificate(version: String) async throws {
        try OpenSSL.makeCertificate("client", in: folder)
        let server = try TLSServer(
            certificate: "good",
            options: ["-Verify", "1", "-CAfile", "client.pem", "-verify_return_error", version],
            in: folder)
        var tls = try trusting("good")
        let missing = await kind(server.url, tls)
        #expect(missing == .tlsClientCertificateRequired || version == "-tls1_2")
        #expect(missing != nil)
        tls.clientCertificate = ClientCertificate(
            certificate: try folder.read("client.pem"), key: try folder.read("client.key"))
        #expect(await kind(server.url, tls) == nil)
        tls.clientCertificate = ClientCertificate(
            certificate: try folder.read("good.pem"), key: try folder.read("good.key"))
        #expect(await kind(server.url, tls) == .tlsClientCertificateRejected)
    }

    @Test("a key that does not belong to the certificate cannot be used")
    func wrongKey() async throws {
        try OpenSSL.makeCertificate("client", in: folder)
        let server = try TLSServer(certificate: "good", in: folder)
        var tls = try trusting("good")
        tls.clientCertificate = ClientCertificate(
            certificate: try folder.read("client.pem"), key: try folder.read("good.key"))
        #expect(await kind(server.url, tls) == .tlsCredentialsUnusable)
        tls.clientCertificate = ClientCertificate(certificate: [0x41], key: [0x41])
        #expect(await kind(server.url, tls) == .tlsCredentialsUnusable)
        #expect(await kind(server.url, TLSOptions(authorities: [0x41])) == .tlsCredentialsUnusable)
    }

    @Test(
        "https to a port that speaks plain text",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n",
            "",
        ])
    func plainPort(reply: String) async throws {
        let server = try LoopbackServer { connection in
            connection.send(reply)
        }
        let found = await kind("https://127.0.0.1:\(server.port)/")
        #expect(found == .tlsNotSpoken || found == .reset)
    }

    @Test("http to a TLS port is not HTTP, or an empty reply")
    func plainToTLS() async throws {
        let server = try TLSServer(certificate: "good", in: folder)
        let found = await kind("http://127.0.0.1:\(server.port)/")
        #expect(found == .notHTTP || found == .emptyReply || found == .reset)
    }

    @Test("a TLS port that never shakes hands does not outlast the deadline")
    func silentHandshake() async throws {
        let server = try LoopbackServer { $0.waitForEnd() }
        let request = HTTPRequest(
            .get, "https://127.0.0.1:\(server.port)/",
            timeouts: Timeouts(connect: .milliseconds(300), total: .seconds(30)))
        let failure = await #expect(throws: TransportFailure.self) {
            try await CurlClient().send(request)
        }
        #expect(failure?.kind == .timedOut(after: .connect))
    }
}
