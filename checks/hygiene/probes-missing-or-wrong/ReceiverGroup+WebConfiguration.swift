import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// Whether the HTTP port takes TLS only; nil where the file of `--http.config` is not known.
    ///
    /// The file is that of Prometheus' exporter-toolkit: TLS is on with tls_server_config.
    func hasTLS(in view: ClusterView) -> Bool? {
        guard let path = flags.text(of: "--http.config"), !path.isEmpty else { return false }
        guard isWhole(in: view),
            case .configMapKey(let map, key: _, let text) = MountedFile.resolve(
                path, in: workload, container: container, objects: view.objects),
            !view.mayReplace(map.reference), let root = text.embeddedYAML().documents.first
        else { return nil }
        let settings = root["tls_server_config"]
        return settings?["cert_file"] != nil || settings?["cert"] != nil
    }
}
