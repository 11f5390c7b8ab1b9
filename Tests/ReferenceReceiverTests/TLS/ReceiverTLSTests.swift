import HTTPServing
import ReceiveFlags
import Synchronization
import Testing

@testable import ReferenceReceiver

@Suite("TLS from the flags")
struct ReceiverTLSTests {
    private let folder: TLSFolder

    init() throws { folder = try TLSFolder() }

    private func load(_ flags: TLSFlags, _ log: RecordedLog = RecordedLog()) throws -> ServerTLS? {
        let environment = ReceiverEnvironment(log: { log.append($0) })
        return try ReceiverTLS(
            flags: flags, files: folder.files,
            log: ReceiverLog(level: "info", format: "logfmt", environment: environment)
        ).load()
    }

    private func writeFlags(_ arguments: String...) -> TLSFlags {
        .remoteWrite(
            ParsedReceiveFlags(arguments: arguments.map { "--remote-write.server-tls-" + $0 }))
    }

    @Test("speaks plainly without a certificate, and says so")
    func plain() throws {
        let log = RecordedLog()
        #expect(try load(writeFlags(), log) == nil)
        let line = try #require(log.lines.first.map { Logfmt($0) })
        #expect(line["caller"] == "options.go:29")
        #expect(line["protocol"] == "HTTP")
        #expect(line["msg"] == "disabled TLS, key and cert must be set to enable")
    }

    @Test("loads certificate, key and authority, and tells so as Thanos does")
    func complete() throws {
        let log = RecordedLog()
        let tls = try #require(
            try load(
                writeFlags("cert=/tls/cert.pem", "key=/tls/key.pem", "client-ca=/tls//ca.pem"), log)
        )
        #expect(tls.identity.certificateChainPEM.hasPrefix("-----BEGIN CERTIFICATE-----"))
        #expect(tls.demands.clientAuthorityPEM?.isEmpty == false)
        #expect(tls.demands.minimumVersion == .v1_3)
        #expect(
            log.lines.map { Logfmt($0)["msg"] }
                == ["enabling server side TLS", "server TLS client verification enabled"])
    }

    @Test("asks for no certificate without an authority, and for the version of the flag")
    func versions() throws {
        let arguments = ["cert=/tls/cert.pem", "key=/tls/key.pem", "min-version=1.1"]
        let flags = TLSFlags.grpc(
            ParsedReceiveFlags(arguments: arguments.map { "--grpc-server-tls-" + $0 }))
        let tls = try #require(try load(flags))
        #expect(tls.demands.clientAuthorityPEM == nil)
        #expect(tls.demands.minimumVersion == .v1_1)
    }

    @Test(
        "refuses to start, in Thanos' words",
        arguments: [
            (
                ["client-ca=/tls/ca.pem"],
                ["when a client CA is used a server key and certificate must also be provided"]
            ),
            (["cert=/tls/cert.pem"], ["both server key and certificate must be provided"]),
            (["key=/tls/key.pem"], ["both server key and certificate must be provided"]),
            (
                ["cert=/tls/cert.pem", "key=/tls/key.pem", "min-version=2"],
                ["invalid TLS version: 2, valid values are 1.0, 1.1, 1.2, 1.3"]
            ),
            (
                ["cert=/tls/none.pem", "key=/tls/key.pem"],
                ["open /tls/none.pem: no such file or directory", "server credentials"]
            ),
            (
                ["cert=/tls/nothing.pem", "key=/tls/key.pem"],
                ["tls: failed to find any PEM data in certificate input", "server credentials"]
            ),
            (
                ["cert=/tls/cert.pem", "key=/tls/nothing.pem"],
                ["tls: failed to find any PEM data in key input", "server credentials"]
            ),
            (
                ["cert=/tls/cert.pem", "key=/tls/other-key.pem"],
                ["tls: private key does not match public key", "server credentials"]
            ),
            (
                ["cert=/tls/cert.pem", "key=/tls/key.pem", "client-ca=/tls/none.pem"],
                ["open /tls/none.pem: no such file or directory", "reading client CA"]
            ),
            (
                ["cert=/tls/cert.pem", "key=/tls/key.pem", "client-ca=/tls/nothing.pem"],
                ["no certificate in /tls/nothing.pem", "building client CA"]
            ),
        ])
    func refusals(arguments: [String], texts: [String]) throws {
        for (prefix, wraps) in [
            ("--remote-write.server-tls-", []), ("--grpc-server-tls-", ["setup gRPC server"]),
        ] {
            let parsed = ParsedReceiveFlags(arguments: arguments.map { prefix + $0 })
            let flags: TLSFlags = wraps.isEmpty ? .remoteWrite(parsed) : .grpc(parsed)
            let failure = #expect(throws: StartFailure.self) { try load(flags) }
            #expect(failure?.texts == texts + wraps)
            #expect(failure?.phase == .preparing)
        }
    }
}

@Suite("TLS of the admin port")
struct WebConfigurationTests {
    private let folder: TLSFolder

    init() throws { folder = try TLSFolder() }

    private func load(_ text: String) throws -> ServerTLS? {
        try folder.write(text, to: "web.yml")
        return try WebConfiguration(path: "/tls/web.yml", files: folder.files).load()
    }

    @Test(
        "is not wanted by a file that does not mention it",
        arguments: ["", "tls_server_config:\n", "http_server_config: {http2: true}\n"])
    func plain(text: String) throws {
        #expect(try load(text) == nil)
    }

    @Test("takes certificates next to the file, and 1.2 where nothing is said")
    func complete() throws {
        let tls = try #require(
            try load(
                """
                tls_server_config:
                  cert_file: cert.pem
                  key_file: /tls/key.pem
                  client_ca_file: ca.pem
                  client_auth_type: RequireAndVerifyClientCert
                """))
        #expect(tls.demands.minimumVersion == .v1_2)
        #expect(tls.demands.clientAuthorityPEM?.isEmpty == false)
        let newer = try load(
            "tls_server_config: {cert_file: cert.pem, key_file: key.pem, min_version: TLS13}")
        #expect(newer?.demands.minimumVersion == .v1_3)
        #expect(newer?.demands.clientAuthorityPEM == nil)
    }

    @Test(
        "refuses what it cannot do or what is wrong",
        arguments: [
            (
                "basic_auth_users: {a: b}",
                "basic_auth_users in /tls/web.yml is not supported by the reference receiver"
            ),
            (
                "bogus: 1",
                "yaml: unmarshal errors:\n  line 1: field bogus not found in type web.Config"
            ),
            ("tls_server_config: {key_file: key.pem}", "missing one of cert or cert_file"),
            ("tls_server_config: {cert_file: cert.pem}", "missing one of key or key_file"),
            (
                "tls_server_config: {cert_file: none.pem, key_file: key.pem}",
                "failed to read cert_file (/tls/none.pem): "
                    + "open /tls/none.pem: no such file or directory"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: other-key.pem}",
                "failed to load X509KeyPair: tls: private key does not match public key"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem, min_version: TLS9}",
                "unknown TLS version: TLS9"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem, client_ca_file: ca.pem}",
                "client CA's have been configured without a Client Auth Policy"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem, "
                    + "client_auth_type: RequestClientCert}",
                "client_auth_type RequestClientCert is not supported by the reference receiver"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem, "
                    + "client_auth_type: RequireAndVerifyClientCert, client_ca_file: nothing.pem}",
                "no certificate in /tls/nothing.pem"
            ),
            (
                "tls_server_config: {cert_file: cert.pem, key_file: key.pem, cipher_suites: [X]}",
                "yaml: unmarshal errors:\n  line 1: "
                    + "field cipher_suites not found in type web.TLSConfig"
            ),
        ])
    func refusals(text: String, message: String) throws {
        let failure = #expect(throws: StartFailure.self) { try load(text) }
        #expect(failure?.texts == [message, "server could not be started"])
        #expect(failure?.phase == .running)
    }
}
