import CurlHTTP
import MarkedYAML

/// A user's `exec` entry (client.authentication.k8s.io).
package struct CredentialPlugin: Sendable {
    var apiVersion: String
    var command: String
    var arguments: [String]
    var environment: [(String, String)]
    var installHint: String?
    var providesCluster: Bool
    var user: String
    var place: String

    private static let versions = [
        "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1",
    ]

    init(_ exec: Node, user: Kubeconfig.Entry) throws(KubeconfigError) {
        place = exec.range.placeText
        self.user = user.name
        apiVersion = exec["apiVersion"]?.string ?? ""
        guard Self.versions.contains(apiVersion) else {
            throw KubeconfigError(
                .unsupported,
                "exec apiVersion \(apiVersion.debugDescription) is not supported: use "
                    + Self.versions.joined(separator: " or "),
                place: exec["apiVersion"]?.range.placeText ?? place)
        }
        guard let command = exec["command"]?.nonEmptyString else {
            throw KubeconfigError(.invalidValue, "exec has no command", place: place)
        }
        // Only a path is relative to the file; a bare name is searched for in PATH.
        let isRelativePath = command.contains("/") && !command.hasPrefix("/")
        self.command = isRelativePath ? "\(user.folder)/\(command)" : command
        arguments = (exec["args"]?.items ?? []).map { $0.scalarText ?? "" }
        environment = (exec["env"]?.items ?? []).compactMap { item in
            item["name"]?.string.map { ($0, item["value"]?.scalarText ?? "") }
        }
        installHint = exec["installHint"]?.nonEmptyString
        providesCluster = exec["provideClusterInfo"]?.bool ?? false
        if exec["interactiveMode"]?.string == "Always" {
            throw KubeconfigError(
                .unsupported, "the credential plug-in \(command) insists on a terminal",
                place: exec["interactiveMode"]?.range.placeText ?? place)
        }
    }

    /// What the plug-in is told in `KUBERNETES_EXEC_INFO`.
    func request(for cluster: ClusterConnection) -> String {
        var spec: JSONObject = ["interactive": false]
        if providesCluster {
            var target: JSONObject = ["server": .string(cluster.server)]
            if let name = cluster.tls.serverName { target["tls-server-name"] = .string(name) }
            if cluster.tls.skipsVerification { target["insecure-skip-tls-verify"] = true }
            if let authorities = cluster.tls.authorities {
                target["certificate-authority-data"] = .string(Base64.encode(authorities))
            }
            spec["cluster"] = .object(target)
        }
        let message: JSONValue = [
            "kind": "ExecCredential", "apiVersion": .string(apiVersion), "spec": .object(spec),
        ]
        return message.compact
    }
}

/// What a plug-in answered; never printed.
package struct PluginCredential: Sendable, CustomStringConvertible, CustomReflectable {
    var token: String?
    var certificate: ClientCertificate?

    package var description: String { "plug-in credential" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Reads an `ExecCredential`; its text never appears in an error.
    init(_ output: [UInt8], of plugin: CredentialPlugin) throws(KubeconfigError) {
        let source = SourceText(name: plugin.command, bytes: output)
        guard let document = try? JSONReader.document(source),
            document["kind"]?.string == "ExecCredential"
        else { throw plugin.failure("it printed no ExecCredential") }
        guard document["apiVersion"]?.string == plugin.apiVersion else {
            throw plugin.failure("it answered in another apiVersion than \(plugin.apiVersion)")
        }
        let status = document["status"]
        token = status?["token"]?.nonEmptyString
        if let text = status?["clientCertificateData"]?.nonEmptyString,
            let key = status?["clientKeyData"]?.nonEmptyString
        {
            certificate = ClientCertificate(certificate: Array(text.utf8), key: Array(key.utf8))
        }
        guard token != nil || certificate != nil else {
            throw plugin.failure("its answer holds neither a token nor a certificate with key")
        }
    }
}

extension CredentialPlugin {
    func failure(_ what: String) -> KubeconfigError {
        let hint = installHint.map { ": \($0)" } ?? ""
        return KubeconfigError(
            .credentialPluginFailed,
            "the credential plug-in \(command) of user \(user) failed: \(what)\(hint)",
            place: place)
    }
}
