import HTTPServing
import MarkedYAML

/// Reads the file of `--http.config`, which may put TLS before the admin port.
///
/// It is the web configuration of prometheus/exporter-toolkit. What we cannot do ends the start,
/// for whoever asks for a password must not get an open port.
struct WebConfiguration {
    /// The wrap of `ListenAndServe` in pkg/server/http.
    private static let wrap = "server could not be started"

    private static let sections: Set = [
        "tls_server_config", "http_server_config", "rate_limit", "basic_auth_users",
    ]
    private static let obeyed: Set = [
        "cert_file", "key_file", "client_ca_file", "client_auth_type", "min_version",
    ]
    private static let versions: [String: TLSDemands.Version] = [
        "TLS10": .v1_0, "TLS11": .v1_1, "TLS12": .v1_2, "TLS13": .v1_3,
    ]

    let path: String
    let files: LocalFiles

    /// Nil when the file asks for nothing.
    func load() throws(StartFailure) -> ServerTLS? {
        let text = try read(path) { $0.message }
        let stream = YAMLReader.stream(SourceText(name: path, text: text))
        if let error = stream.errors.first { throw failure(error.description) }
        guard let root = stream.documents.first else { return nil }
        try requireKnown(root, in: Self.sections, "Config")
        for name in ["basic_auth_users", "rate_limit"] {
            guard let section = root[name], section.count > 0 else { continue }
            throw failure("\(name) in \(path) is not supported by the reference receiver")
        }
        guard let section = root["tls_server_config"], section.count > 0 else { return nil }
        try requireKnown(section, in: Self.obeyed, "TLSConfig")
        return try tls(section)
    }

    private func tls(_ section: Node) throws(StartFailure) -> ServerTLS {
        guard let certificateFile = file(section["cert_file"]) else {
            throw failure("missing one of cert or cert_file")
        }
        guard let keyFile = file(section["key_file"]) else {
            throw failure("missing one of key or key_file")
        }
        let identity = TLSIdentity(
            certificateChainPEM: try read(certificateFile) {
                "failed to read cert_file (\(certificateFile)): \($0.message)"
            },
            privateKeyPEM: try read(keyFile) {
                "failed to read key_file (\(keyFile)): \($0.message)"
            })
        do throws(TLSFault) {
            try identity.check()
        } catch {
            throw failure("failed to load X509KeyPair: \(error.goText)")
        }
        return ServerTLS(identity: identity, demands: try demands(section))
    }

    private func demands(_ section: Node) throws(StartFailure) -> TLSDemands {
        let versionName = section["min_version"]?.string ?? "TLS12"
        guard let version = Self.versions[versionName] else {
            throw failure("unknown TLS version: \(versionName)")
        }
        var demands = TLSDemands(minimumVersion: version)
        let authority = file(section["client_ca_file"])
        switch section["client_auth_type"]?.string ?? "" {
        case "", "NoClientCert":
            guard authority == nil else {
                throw failure("client CA's have been configured without a Client Auth Policy")
            }
        case "RequireAndVerifyClientCert":
            guard let authority else {
                throw failure("client_auth_type in \(path) needs a client_ca_file")
            }
            let text = try read(authority) { $0.message }
            guard TLSDemands.isAuthority(text) else {
                throw failure("no certificate in \(authority)")
            }
            demands.clientAuthorityPEM = text
        case let other:
            throw failure("client_auth_type \(other) is not supported by the reference receiver")
        }
        return demands
    }

    private func requireKnown(
        _ node: Node, in names: Set<String>, _ type: String
    ) throws(StartFailure) {
        for (key, _) in node.entries {
            guard let name = key.scalarText, !names.contains(name) else { continue }
            throw failure(
                "yaml: unmarshal errors:\n  line \(key.range.start.line): "
                    + "field \(name) not found in type web.\(type)")
        }
    }

    /// Relative paths start at the folder of the configuration.
    private func file(_ node: Node?) -> String? {
        guard let name = node?.string, !name.isEmpty else { return nil }
        guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
        return SlashPath.joined(String(path[...slash]), name)
    }

    private func read(
        _ path: String, or message: (LocalFiles.Failure) -> String
    ) throws(StartFailure) -> String {
        do throws(LocalFiles.Failure) {
            return try files.readPEM(path)
        } catch {
            throw failure(message(error))
        }
    }

    private func failure(_ text: String) -> StartFailure {
        StartFailure(.running, text, Self.wrap)
    }
}
