import CurlHTTP
import HTTPServing
import Testing

@testable import ReferenceReceiver

@Suite("A receiver that speaks TLS")
struct ServedTLSTests {
    private let folder: TLSFolder
    private let subject = CertificateSubject(commonName: "agent")

    init() throws { folder = try TLSFolder() }

    private func tls(_ identity: TLSIdentity? = nil) -> TLSOptions {
        TLSOptions(
            authorities: Array(folder.authority.certificatePEM.utf8),
            clientCertificate: identity.map {
                ClientCertificate(
                    certificate: Array($0.certificateChainPEM.utf8),
                    key: Array($0.privateKeyPEM.utf8))
            })
    }

    private func write(
        to receiver: RunningReceiver, _ identity: TLSIdentity?
    ) async throws -> HTTPResponse {
        try await CurlClient().send(
            HTTPRequest(
                .post, "https://127.0.0.1:\(receiver.port(.remoteWrite))/api/v1/receive",
                headers: ["Content-Encoding": "snappy"], body: try RecordedWrite.body(),
                tls: tls(identity)))
    }

    @Test("takes writes from those with a certificate of its authority, and from nobody else")
    func clientCertificates() async throws {
        let good = try folder.authority.clientIdentity(for: subject)
        let foreign = try CertificateAuthority(commonName: "stranger").clientIdentity(for: subject)
        let flags = ["cert=/tls/cert.pem", "key=/tls/key.pem", "client-ca=/tls/ca.pem"]
        try await runReceiver(
            flags.map { "--remote-write.server-tls-" + $0 }, mappings: [folder.mapping]
        ) { receiver in
            let first = try await write(to: receiver, good)
            #expect(first.status == 200)
            for (identity, kind) in [
                (nil, TransportFailure.Kind.tlsClientCertificateRequired),
                (foreign, .tlsClientCertificateRejected),
            ] {
                let failure = await #expect(throws: TransportFailure.self) {
                    try await write(to: receiver, identity)
                }
                #expect(failure?.kind == kind)
            }
            await #expect(throws: RawHTTP.Failure.self) {
                try await RawHTTP.exchange(
                    port: receiver.port(.remoteWrite), method: "GET", path: "/")
            }
            let last = try await write(to: receiver, good)
            #expect(last.status == 200)
        }
    }

    @Test("answers on its admin port over TLS when the web configuration says so")
    func adminPort() async throws {
        try folder.write(
            "tls_server_config: {cert_file: cert.pem, key_file: key.pem}", to: "web.yml")
        try await runReceiver(["--http.config=/tls/web.yml"], mappings: [folder.mapping]) {
            receiver in
            let ready = try await CurlClient().send(
                HTTPRequest(
                    .get, "https://127.0.0.1:\(receiver.port(.admin))/-/ready", tls: tls()))
            #expect(ready.status == 200)
            #expect(ready.text == "OK")
            // The other ports are not this file's.
            let plain = try await RawHTTP.exchange(
                port: receiver.port(.remoteWrite), method: "GET", path: "/")
            #expect(plain.status == 404)
        }
    }
}
