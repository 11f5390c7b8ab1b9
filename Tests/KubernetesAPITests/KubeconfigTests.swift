import CurlHTTP
import KubernetesAPI
import LoopbackServer
import Testing

/// Which files are read, what wins, and what is said when something is missing.
@Suite(.timeLimit(.minutes(1)))
struct KubeconfigTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func connect(
        _ environment: [String: String], path: String? = nil, context: String? = nil
    ) async throws(KubeconfigError) -> ClusterConnection {
        try await Kubeconfig.connection(
            KubeconfigSource(
                explicitPath: path, environment: environment,
                serviceAccountFolder: "\(folder.path)/account"),
            context: context)
    }

    private func error(
        _ text: String, context: String? = nil
    ) async throws -> KubeconfigError {
        let path = try folder.write("config", text)
        do {
            _ = try await connect([:], path: path, context: context)
        } catch {
            return error
        }
        throw Recording.Missing(what: "an error")
    }

    static func config(
        current: String = "current-context: one", user: String = "token: t",
        cluster: String = "server: https://127.0.0.1:6443"
    ) -> String {
        """
        apiVersion: v1
        kind: Config
        \(current)
        contexts:
        - name: one
          context: {cluster: c, user: u, namespace: monitoring}
        - name: two-staging
          context: {cluster: c, user: u}
        clusters:
        - name: c
          cluster:
            \(cluster)
        users:
        - name: u
          user:
            \(user)
        """
    }

    @Test("a plain file: server, token, namespace")
    func plain() async throws {
        let path = try folder.write("config", Self.config())
        let connection = try await connect([:], path: path)
        #expect(connection.server == "https://127.0.0.1:6443")
        #expect(connection.authorization.isBearer("t"))
        #expect(connection.namespace == "monitoring")
        #expect(connection.context == "one")
        #expect(connection.user == "u")
        let second = try await connect([:], path: path, context: "two-staging")
        #expect(second.namespace == "default")
    }

    @Test("HOME is the default, KUBECONFIG beats it, the flag beats both")
    func precedence() async throws {
        try folder.write(".kube/config", Self.config(user: "token: home"))
        let variable = try folder.write("variable", Self.config(user: "token: variable"))
        let flag = try folder.write("flag", Self.config(user: "token: flag"))
        var environment = ["HOME": folder.path]
        #expect(try await connect(environment).authorization.isBearer("home"))
        environment["KUBECONFIG"] = variable
        #expect(try await connect(environment).authorization.isBearer("variable"))
        #expect(try await connect(environment, path: flag).authorization.isBearer("flag"))
    }

    @Test("several files: the first to name a thing wins, missing and empty ones are passed over")
    func merging() async throws {
        let first = try folder.write(
            "a/first",
            """
            current-context: one
            users:
            - name: u
              user: {tokenFile: token}
            """)
        try folder.write("a/token", "from-a-file\n")
        let second = try folder.write(
            "b/second", Self.config(current: "current-context: two-staging"))
        let empty = try folder.write("empty", "")
        let list = [first, "\(folder.path)/missing", empty, second].joined(separator: ":")
        let connection = try await connect(["KUBECONFIG": list])
        #expect(connection.context == "one")
        #expect(connection.authorization.isBearer("from-a-file"))
    }

    @Test("relative paths start at the file they stand in, data wins over paths")
    func paths() async throws {
        try folder.write("pki/ca.pem", "authority")
        try folder.write("pki/c.pem", "certificate")
        try folder.write("pki/c.key", "key")
        let path = try folder.write(
            "config",
            Self.config(
                user: "{client-certificate: pki/c.pem, client-key: pki/c.key, "
                    + "client-certificate-data: ZGF0YQ==}",
                cluster: "{server: 'https://h/', certificate-authority: pki/ca.pem, "
                    + "tls-server-name: kubernetes, proxy-url: 'http://127.0.0.1:1'}"))
        let connection = try await connect([:], path: path)
        #expect(connection.server == "https://h")
        #expect(connection.tls.authorities == Array("authority".utf8))
        #expect(connection.tls.clientCertificate?.certificate == Array("data".utf8))
        #expect(connection.tls.clientCertificate?.key == Array("key".utf8))
        #expect(connection.tls.serverName == "kubernetes")
        #expect(connection.proxy == .url("http://127.0.0.1:1"))
    }

    @Test(
        "servers are completed as kubectl does it",
        arguments: [
            ("server: 127.0.0.1:8080", "http://127.0.0.1:8080"),
            (
                "{server: '127.0.0.1:6443', insecure-skip-tls-verify: true}",
                "https://127.0.0.1:6443"
            ),
        ])
    func servers(cluster: String, server: String) async throws {
        let path = try folder.write("config", Self.config(cluster: cluster))
        #expect(try await connect([:], path: path).server == server)
    }

    @Test("an unknown context lists those there are, the nearest first")
    func unknownContext() async throws {
        let error = try await error(Self.config(), context: "two-stagin")
        #expect(error.code == .unknownContext)
        #expect(
            error.message == "unknown context two-stagin: did you mean two-staging? "
                + "there are two-staging, one")
        let far = try await self.error(Self.config(), context: "production")
        #expect(!far.message.contains("did you mean"))
    }

    @Test(
        "what is missing or wrong is said, with the place",
        arguments: [
            (config(current: ""), KubeconfigError.Code.noCurrentContext, nil),
            ("", .empty, nil), ("kind: Config", .empty, nil),
            ("- a", .fileInvalid, "1:1"), ("a: [", .fileInvalid, "1:"),
            ("contexts: 7", .fileInvalid, "1:11"),
            (config(cluster: "x: y"), .invalidValue, "12:5"),
            (config().replacing("cluster: c,", with: "cluster: d,"), .unknownCluster, "6:22"),
            (config().replacing("user: u,", with: "user: v,"), .unknownUser, "6:31"),
            (config(user: "client-key-data: '%%'"), .invalidValue, "16:22"),
            (config(user: "client-key-data: YQ=="), .invalidValue, "16:5"),
            (config(user: "client-certificate: /nowhere/x"), .fileMissing, "16:25"),
            (config(user: "auth-provider: {name: gcp}"), .unsupported, "16:20"),
            (
                config(
                    user: "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}"),
                .unsupported, "16:24"
            ),
        ] as [(String, KubeconfigError.Code, String?)])
    func errors(text: String, code: KubeconfigError.Code, place: String?) async throws {
        let error = try await error(text)
        #expect(error.code == code)
        #expect(!error.message.contains("\n"))
        if let place {
            #expect(error.place?.hasPrefix("\(folder.path)/config:\(place)") == true)
        }
    }

    @Test("no file at all")
    func missing() async throws {
        let explicit = await #expect(throws: KubeconfigError.self) {
            try await connect([:], path: "\(folder.path)/none")
        }
        #expect(explicit?.code == .fileMissing)
        let home = await #expect(throws: KubeconfigError.self) {
            try await connect(["HOME": folder.path])
        }
        #expect(home?.code == .fileMissing)
        #expect(home?.message.contains("\(folder.path)/.kube/config") == true)
    }

    @Test("a pod without a kubeconfig uses its service account")
    func inCluster() async throws {
        try folder.write("account/token", "pod-token\n")
        try folder.write("account/ca.crt", "authority")
        try folder.write("account/namespace", "monitoring")
        let connection = try await connect([
            "KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443",
        ])
        #expect(connection.server == "https://[fd00::1]:443")
        #expect(connection.authorization.isBearer("pod-token"))
        #expect(connection.namespace == "monitoring")
        #expect(connection.context == "in-cluster")
    }
}

extension Authorization {
    func isBearer(_ token: String) -> Bool {
        if case .bearer(token) = self { true } else { false }
    }
}
