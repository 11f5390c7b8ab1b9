import CurlHTTP
import MarkedYAML

extension Kubeconfig {
    /// Loads, chooses and connects in one step; a pod without a kubeconfig uses its own account.
    package static func connection(
        _ source: KubeconfigSource, context: String? = nil,
        plugins: CredentialPlugins = CredentialPlugins()
    ) async throws(KubeconfigError) -> ClusterConnection {
        let config: Kubeconfig
        do {
            config = try load(source)
        } catch {
            guard error.code == .fileMissing, source.explicitPath == nil, context == nil,
                let own = try source.inClusterConnection()
            else { throw error }
            return own
        }
        return try await config.connection(
            context: context, environment: source.environment, plugins: plugins)
    }

    /// Everything needed to speak to a context's cluster; a credential plug-in is run here.
    package func connection(
        context wanted: String? = nil, environment: [String: String],
        plugins: CredentialPlugins = CredentialPlugins()
    ) async throws(KubeconfigError) -> ClusterConnection {
        let context = try context(wanted)
        let cluster = try entry(
            "cluster", context.value["cluster"], of: context, in: clusters, .unknownCluster)
        let user = try entry("user", context.value["user"], of: context, in: users, .unknownUser)
        var connection = try ClusterReading(cluster).connection()
        connection.context = context.name
        connection.user = user.name
        connection.namespace = context.value["namespace"]?.nonEmptyString ?? "default"
        let reading = UserReading(user)
        connection.tls.clientCertificate = try reading.clientCertificate()
        connection.authorization = try reading.authorization()
        if let exec = user.value["exec"], !exec.isNull {
            let plugin = try CredentialPlugin(exec, user: user)
            let credential = try await plugins.credential(
                plugin, cluster: connection, environment: environment)
            connection.apply(credential)
        }
        connection.completeServer()
        return connection
    }
}

extension ClusterConnection {
    mutating func apply(_ credential: PluginCredential) {
        if let token = credential.token { authorization = .bearer(token) }
        if let certificate = credential.certificate { tls.clientCertificate = certificate }
    }

    /// `host:port` alone is https when anything speaks of TLS (client-go, rest.DefaultServerURL).
    mutating func completeServer() {
        while server.hasSuffix("/") { server.removeLast() }
        guard !server.contains("://") else { return }
        let usesTLS = tls != TLSOptions()
        server = (usesTLS ? "https://" : "http://") + server
    }
}

/// Reads one `cluster` entry.
struct ClusterReading {
    private let entry: Kubeconfig.Entry

    init(_ entry: Kubeconfig.Entry) { self.entry = entry }

    func connection() throws(KubeconfigError) -> ClusterConnection {
        let value = entry.value
        guard let server = value["server"]?.nonEmptyString else {
            throw KubeconfigError(
                .invalidValue, "cluster \(entry.name) has no server", place: value.range.placeText)
        }
        var tls = TLSOptions()
        tls.skipsVerification = value["insecure-skip-tls-verify"]?.bool ?? false
        tls.serverName = value["tls-server-name"]?.nonEmptyString
        tls.authorities = try entry.pem("certificate-authority")
        let proxy = value["proxy-url"]?.nonEmptyString.map { ProxyPolicy.url($0) }
        return ClusterConnection(server: server, tls: tls, proxy: proxy ?? .environment)
    }
}

/// Reads one `user` entry, its plug-in aside.
struct UserReading {
    private let entry: Kubeconfig.Entry

    init(_ entry: Kubeconfig.Entry) { self.entry = entry }

    func clientCertificate() throws(KubeconfigError) -> ClientCertificate? {
        let certificate = try entry.pem("client-certificate")
        let key = try entry.pem("client-key")
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            return ClientCertificate(certificate: certificate, key: key)
        case (nil, _?): throw half("client-key without client-certificate")
        case (_?, nil): throw half("client-certificate without client-key")
        }
    }

    func authorization() throws(KubeconfigError) -> Authorization {
        let value = entry.value
        if let provider = value["auth-provider"], !provider.isNull {
            throw KubeconfigError(
                .unsupported,
                "user \(entry.name) has an auth-provider, which kubectl dropped in 1.26: "
                    + "use an exec plug-in or a token",
                place: provider.range.placeText)
        }
        // The file wins over the text (clientcmd/api/v1, AuthInfo.TokenFile).
        if let path = value["tokenFile"]?.nonEmptyString {
            return .bearer(try BoundedFile(path, relativeTo: entry.folder).line())
        }
        if let token = value["token"]?.nonEmptyString { return .bearer(token) }
        if let user = value["username"]?.nonEmptyString {
            return .basic(user: user, password: value["password"]?.string ?? "")
        }
        return .none
    }

    private func half(_ what: String) -> KubeconfigError {
        KubeconfigError(
            .invalidValue, "user \(entry.name) has a \(what)", place: entry.value.range.placeText)
    }
}

extension Kubeconfig.Entry {
    /// `KEY-data` as base64, or else the file that `KEY` names; data wins, as in kubectl.
    func pem(_ key: String) throws(KubeconfigError) -> [UInt8]? {
        if let data = value["\(key)-data"], let text = data.nonEmptyString {
            guard let bytes = Base64.decode(text.utf8), !bytes.isEmpty else {
                throw KubeconfigError(
                    .invalidValue, "\(key)-data of \(name) is not base64",
                    place: data.range.placeText)
            }
            return bytes
        }
        guard let file = value[key], let path = file.nonEmptyString else { return nil }
        do {
            return try BoundedFile(path, relativeTo: folder).bytes()
        } catch {
            throw KubeconfigError(
                error.code, "\(key) of \(name): \(error.message)", place: file.range.placeText)
        }
    }
}

extension Node {
    var nonEmptyString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
}
