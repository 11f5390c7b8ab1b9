import FoundationEssentials
import HTTPServing
import LoopbackServer
import Testing

/// A kubeconfig that leads nowhere: what is wrong with it, and with which exit status.
@Suite("Doctor without a usable kubeconfig", .serialized, .timeLimit(.minutes(1)))
struct KubeconfigTests {
    /// One kubeconfig, and what is said of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Nil: there is no such file.
        let text: String?
        var arguments: [String] = []
        let code: Int32
        let says: [String]
    }

    private static let contexts = """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.83.0.1:1"}}]
        users: [{name: u, user: {token: t}}]
        contexts:
        - {name: central, context: {cluster: c, user: u}}
        - {name: edge-02, context: {cluster: c, user: u}}

        """

    private static func plugin(_ exec: String) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: x
        clusters: [{name: c, cluster: {server: "http://127.83.0.1:1"}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        users:
        - name: u
          user:
            exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, \(exec)}

        """
    }

    static let rows = [
        Row(testDescription: "missing", text: nil, code: 2, says: ["kubeconfig", "no such file"]),
        Row(testDescription: "empty", text: "", code: 2, says: ["no contexts"]),
        Row(
            testDescription: "no current context", text: contexts, code: 2,
            says: ["current-context", "--context", "central", "edge-02"]),
        Row(
            testDescription: "unknown context", text: contexts, arguments: ["--context", "edge-2"],
            code: 2, says: ["edge-2", "did you mean edge-02?"]),
        Row(
            testDescription: "not YAML", text: "clusters: [\n", code: 2,
            says: ["kubeconfig:2:1: "]),
        Row(
            testDescription: "no kubeconfig", text: "- 1\n", code: 2,
            says: ["not a kubeconfig", ":1:1"]),
        Row(
            testDescription: "an unknown cluster",
            text: contexts.replacing("cluster: c,", with: "cluster: d,")
                + "current-context: central\n",
            code: 2, says: ["unknown cluster d"]),
        Row(
            testDescription: "a plug-in that is not there",
            text: plugin("command: no-such-plugin, installHint: get it somewhere"), code: 3,
            says: ["no-such-plugin", "no such program", "get it somewhere"]),
        Row(
            testDescription: "a plug-in that fails",
            text: plugin("command: sh, args: [-c, 'echo token has expired >&2; exit 7']"), code: 3,
            says: ["credential plug-in sh", "7", "token has expired"]),
        Row(
            testDescription: "a plug-in that says nonsense",
            text: plugin("command: echo, args: [top-secret-token]"), code: 3,
            says: ["no ExecCredential"]),
    ]

    @Test("says what is wrong with it", arguments: rows)
    func refusals(_ row: Row) async throws {
        let folder = try TemporaryFolder()
        if let text = row.text { try folder.write("kubeconfig", text) }
        let arguments = ["doctor", "--kubeconfig", "\(folder.path)/kubeconfig"] + row.arguments
        let run = try await ThanosctlProcess(arguments)
        #expect(run.exitCode == row.code, "\(run.output)\(run.errors)")
        // Configuration errors on stderr; a cluster that cannot be seen is a gap of the report.
        let words = row.code == 2 ? run.errors : run.output
        for expected in row.says {
            #expect(words.flat.contains(expected), "\(run.output)\(run.errors)")
        }
        #expect(!(run.output + run.errors).contains("top-secret-token"))
        let json = try await ThanosctlProcess(arguments + ["-o", "json"])
        let report = try Report(json)
        #expect(json.exitCode == row.code)
        #expect((report.gaps + [report.error]).contains { $0.contains(row.says[0]) })
        if row.code == 3 { Self.expectIgnorance(report) }
    }

    /// What nobody saw has neither passed, nor is it beside the point.
    private static func expectIgnorance(_ report: Report) {
        #expect(report.checks("passed") == [:])
        #expect(report.checks("unknown").count > 15)
        #expect(report.checks("skipped").values.allSatisfy { $0.hasPrefix("needs ") })
    }

    @Test("a plug-in that hangs is given up with the run's deadline")
    func hangingPlugin() async throws {
        let folder = try TemporaryFolder()
        try folder.write("kubeconfig", Self.plugin("command: sleep, args: ['60']"))
        let run = try await ThanosctlProcess(
            "doctor", "--kubeconfig", "\(folder.path)/kubeconfig", "--timeout", "3s", "-o",
            "json")
        let report = try Report(run)
        #expect(run.exitCode == 3, "\(run.errors)")
        #expect(report.gaps.first?.contains("credential plug-in sleep") == true)
        #expect(report.gaps.first?.contains("did not finish within") == true, "\(report.gaps)")
        #expect(report.seconds < 6)
    }

    @Test("an expired client certificate is named, with its day")
    func expiredCertificate() async throws {
        let authority = try CertificateAuthority(commonName: "clients")
        let longAgo = Date(timeIntervalSince1970: 1_700_000_000)
        let client = try authority.identity(
            for: ["someone"], validity: longAgo.addingTimeInterval(-86_400)...longAgo)
        try await APIServer.refusing(status: 401, reason: "Unauthorized") { server, authorityPEM in
            let folder = try TemporaryFolder()
            try folder.write("ca.pem", authorityPEM)
            try folder.write("client.pem", client.certificateChainPEM)
            try folder.write("client.key", client.privateKeyPEM)
            let path = try folder.write(
                "kubeconfig",
                """
                current-context: x
                clusters: [{name: c, cluster: {server: "\(server)", certificate-authority: ca.pem}}]
                contexts: [{name: x, context: {cluster: c, user: someone}}]
                users: [{name: someone, user: {client-certificate: client.pem, \
                client-key: client.key}}]

                """)
            let run = try await ThanosctlProcess("doctor", "--kubeconfig", path)
            #expect(run.exitCode == 3, "\(run.errors)")
            let day = "the client certificate of user someone expired on 2023-11-14"
            #expect(run.output.flat.contains(day), "\(run.output)")
        }
    }
}

extension String {
    /// With the line ends and indents of wrapped text taken out.
    var flat: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
