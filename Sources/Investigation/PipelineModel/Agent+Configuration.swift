import KubernetesModel
import MarkedYAML

extension Agent {
    /// What became of `--config.file` of a Prometheus.
    static func configuration(of command: ContainerCommand, objects: Objects) -> AgentSettings {
        // Prometheus' own default of --config.file is prometheus.yml; its image states the path.
        let stated = command.words.first { $0.hasPrefix("--config.file=") }?.dropFirst(14)
        let path = stated.map(String.init) ?? "/etc/prometheus/prometheus.yml"
        let file = MountedFile.resolve(
            path, in: command.workload, container: command.container, objects: objects)
        if case .configMapKey(_, _, let text) = file,
            let document = text.embeddedYAML().documents.first
        {
            return AgentSettings(PrometheusConfiguration(document))
        }
        var settings = AgentSettings()
        settings.secret = secretKey(behind: file, of: command.workload)
        if let document = settings.secret.flatMap(objects.secretDocument) {
            let secret = settings.secret
            settings = AgentSettings(PrometheusConfiguration(document))
            settings.secret = secret
        } else {
            settings.unresolved = file
        }
        return settings
    }

    /// A mounted Secret; or, behind the folder that its reloader writes into, the one of the
    /// Prometheus Operator (pkg/prometheus/statefulset.go: volume `config`, `prometheus.yaml.gz`).
    private static func secretKey(
        behind file: MountedFile, of workload: Workload
    ) -> SecretKey? {
        switch file {
        case .secretKey(let name, let key, volume: _):
            return SecretKey(namespace: workload.namespace, secret: name, key: key)
        case .unknowable:
            guard case .secret(let name)? = workload.podSpec?.volume(named: "config")?.source else {
                return nil
            }
            return SecretKey(
                namespace: workload.namespace, secret: name, key: "prometheus.yaml.gz")
        case .configMapKey, .notMounted, .keyAbsent, .configMapAbsent, .volumeAbsent, .claim:
            return nil
        }
    }
}
