package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

/// The file of `--http.config`, that of Prometheus' exporter-toolkit, in its ConfigMap.
package struct WebConfiguration: Sendable {
    package let map: ObjectReference
    package let root: Node

    /// Nil when none is given, and when it is not among the objects: most lie in Secrets.
    init?(
        path: String?, workload: Workload, container: Container, objects: Objects
    ) {
        guard let path, !path.isEmpty,
            case .configMapKey(let map, key: _, let text) = MountedFile.resolve(
                path, in: workload, container: container, objects: objects),
            let root = text.embeddedYAML().documents.first
        else { return nil }
        self.map = map.reference
        self.root = root
    }

    /// Whether the port takes TLS only; passwords alone do not make it so.
    package var usesTLS: Bool {
        let settings = root["tls_server_config"]
        return settings?["cert_file"] != nil || settings?["cert"] != nil
    }
}

extension ReceiverGroup {
    /// Whether the HTTP port takes TLS only; nil where the file of `--http.config` is not known.
    package var usesWebTLS: Bool? {
        guard flags.text(of: "--http.config")?.isEmpty == false else { return false }
        return webConfiguration?.usesTLS
    }
}
