import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A setting of TLS that fails, or protects nothing.
struct DoubtfulTLS {
    let field: String
    let message: String
    let repair: String
    let range: SourceRange?
    /// Whether a receiver that is started with it exits.
    var isFatal = false

    static func all(of group: ReceiverGroup, _ view: ClusterView) -> [DoubtfulTLS] {
        guard group.flags.mode.stores, let settings = S3Settings(group.objectStore) else {
            return []
        }
        return [scheme(settings), authority(settings, group, view), unverified(settings)]
            .compactMap(\.self)
    }

    private static func scheme(_ settings: S3Settings) -> DoubtfulTLS? {
        let isInsecure = settings.isTrue("insecure")
        guard let port = settings.port, port == (isInsecure ? 443 : 80) else { return nil }
        return DoubtfulTLS(
            field: isInsecure ? "insecure" : "endpoint",
            message: isInsecure
                ? "config.insecure asks for plain HTTP, and config.endpoint names port 443"
                : "config.endpoint names port 80, and config.insecure does not ask for plain HTTP",
            repair: isInsecure
                ? "leave config.insecure out" : "write insecure: true into the configuration",
            range: settings.range(of: isInsecure ? "insecure" : "endpoint"))
    }

    private static func authority(
        _ settings: S3Settings, _ group: ReceiverGroup, _ view: ClusterView
    ) -> DoubtfulTLS? {
        guard let path = settings.tls("ca_file"), path.hasPrefix("/"), !isOfTheImage(path) else {
            return nil
        }
        let file = MountedFile.resolve(
            path, in: group.workload, container: group.container, objects: view.objects)
        let message: String
        switch file {
        case .notMounted: message = "nothing is mounted over ca_file \(path)"
        case .keyAbsent(let map, let wanted, volume: _, mount: _):
            message =
                "ca_file \(path) does not exist: ConfigMap \(map.object.name) has no \(wanted)"
        case _: return nil
        }
        guard view.otherManifests(of: group.workload).isEmpty, !group.isPatch else { return nil }
        // An image of one's own may hold it, and an injector may mount it.
        let isUpstream = ["quay.io/thanos/thanos", "thanosio/thanos", "docker.io/thanosio/thanos"]
            .contains(group.container.image?.repository)
        return DoubtfulTLS(
            field: "http_config.tls_config.ca_file", message: message,
            repair: "mount the certificate of the authority, and name its path in ca_file",
            range: settings.range(ofTLS: "ca_file"),
            isFatal: isUpstream && !group.workload.isInjected)
    }

    /// Where images keep the authorities that they trust.
    private static func isOfTheImage(_ path: String) -> Bool {
        ["/etc/ssl/", "/etc/pki/", "/usr/", "/var/run/secrets/"].contains(where: path.hasPrefix)
    }

    /// The key of the same name below `tls_config` has no effect in Thanos' `exthttp`.
    private static func unverified(_ settings: S3Settings) -> DoubtfulTLS? {
        guard let node = settings.node["http_config"]?["insecure_skip_verify"], node.bool == true,
            !settings.isTrue("insecure")
        else { return nil }
        return DoubtfulTLS(
            field: "http_config.insecure_skip_verify",
            message: "the certificate of object storage is not verified: whoever answers gets the "
                + "data, and signed requests",
            repair: "name the authority in http_config.tls_config.ca_file instead",
            range: settings.shown(node))
    }
}
