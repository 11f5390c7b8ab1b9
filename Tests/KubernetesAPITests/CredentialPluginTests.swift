import CurlHTTP
import KubernetesAPI
import LoopbackServer
import Testing

/// Credential plug-ins, good and bad, as shell scripts.
@Suite(.timeLimit(.minutes(1)))
struct CredentialPluginTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func connect(
        _ script: String, version: String = "v1", more: String = "",
        deadline: Duration = .seconds(20)
    ) async throws -> ClusterConnection {
        try folder.write("bin/plugin", "#!/bin/sh\n\(script)\n", mode: 0o700)
        let path = try folder.write(
            "config",
            KubeconfigTests.config(
                user: """
                    exec:
                          apiVersion: client.authentication.k8s.io/\(version)
                          command: ./bin/plugin
                          args: [one, two]
                          env: [{name: EXTRA, value: more}]
                          installHint: get it from your vendor
                          \(more)
                    """))
        return try await Kubeconfig.connection(
            KubeconfigSource(explicitPath: path, environment: ["PATH": "/usr/bin:/bin"]),
            plugins: CredentialPlugins(deadline: deadline))
    }

    private func message(
        _ script: String, deadline: Duration = .seconds(20)
    ) async throws -> String {
        let error = await #expect(throws: KubeconfigError.self) {
            try await connect(script, deadline: deadline)
        }
        #expect(error?.code == .credentialPluginFailed)
        #expect(error?.place?.contains("config:") == true)
        return error?.message ?? ""
    }

    @Test(
        "a token from a plug-in beside the file, with its arguments and environment",
        arguments: [
            "v1", "v1beta1",
        ])
    func token(version: String) async throws {
        let connection = try await connect(
            """
            cat <<END
            {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\(version)",
             "status":{"token":"$1-$2-$EXTRA"}}
            END
            """, version: version)
        #expect(connection.authorization.isBearer("one-two-more"))
    }

    @Test("a client certificate from a plug-in")
    func certificate() async throws {
        let connection = try await connect(
            """
            cat <<'END'
            {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",
             "status":{"clientCertificateData":"pem","clientKeyData":"key"}}
            END
            """)
        #expect(connection.tls.clientCertificate?.certificate == Array("pem".utf8))
        #expect(connection.tls.clientCertificate?.key == Array("key".utf8))
    }

    @Test("the plug-in is told what is wanted, and of the cluster if it asks")
    func request() async throws {
        let script = """
            printf %s "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/seen"
            printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",'
            printf '"status":{"token":"t"}}'
            """
        _ = try await connect(script, more: "provideClusterInfo: true")
        let seen = String(decoding: try folder.read("bin/seen"), as: UTF8.self)
        #expect(seen.contains(#""interactive":false"#))
        #expect(seen.contains(#""server":"https://127.0.0.1:6443""#))
    }

    @Test(
        "failures name the plug-in, what it did, and the hint",
        arguments: [
            ("echo 'please log in' >&2; exit 3", #"saying "please log in""#),
            ("echo hello", "no ExecCredential"),
            ("echo '{}'", "no ExecCredential"),
            (
                #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}'"#,
                "neither a token nor a certificate"
            ),
            (#"echo '{"kind":"ExecCredential","apiVersion":"x"}'"#, "another apiVersion"),
            ("head -c 3000000 /dev/zero", "more than 1 MiB"),
            ("rm \"$0\"; exec /nowhere/at/all", "it ended with"),
        ])
    func failures(script: String, words: String) async throws {
        let message = try await message(script)
        #expect(message.contains(words))
        #expect(message.contains("plugin of user u failed"))
        #expect(message.contains("get it from your vendor"))
    }

    @Test(
        "a plug-in that hangs is ended, and what it started with it",
        arguments: [
            "sleep 1000", "sleep 1000 & sleep 1000", "trap '' TERM; sleep 1000",
            "while :; do :; done",
        ])
    func hangs(script: String) async throws {
        let start = ContinuousClock.now
        let message = try await message(script, deadline: .milliseconds(300))
        #expect(message.contains("did not finish within 300 ms"))
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("a program that is not there")
    func notInstalled() async throws {
        let path = try folder.write(
            "config",
            KubeconfigTests.config(
                user: "exec: {apiVersion: client.authentication.k8s.io/v1, "
                    + "command: no-such-plugin-anywhere, installHint: get it}"))
        let error = await #expect(throws: KubeconfigError.self) {
            try await Kubeconfig.connection(
                KubeconfigSource(explicitPath: path, environment: ["PATH": "/usr/bin:/bin"]))
        }
        #expect(error?.message.contains("there is no such program: get it") == true)
    }
}
