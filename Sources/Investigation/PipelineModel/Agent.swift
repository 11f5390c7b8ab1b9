package import KubernetesModel
import MarkedYAML

/// Something that sends with remote write: a Prometheus in agent mode, or a bare configuration.
package struct Agent: Sendable {
    /// The workload; nil for a configuration file that stands alone.
    package let workload: Workload?
    package let container: Container?
    package let configuration: PrometheusConfiguration?
    /// Why there is no configuration, when there is none.
    package let unresolved: MountedFile?
    package let reference: ObjectReference
    /// The Secret that holds the configuration, when one does.
    package let secret: SecretKey?
    /// What runs of it; empty outside a cluster.
    package let pods: [Pod]

    package var remoteWrites: [RemoteWriteTarget] { configuration?.remoteWrites ?? [] }

    package init(file: PrometheusConfiguration) {
        configuration = file
        workload = nil
        container = nil
        unresolved = nil
        secret = nil
        pods = []
        reference = ObjectReference(
            kind: "PrometheusConfiguration", name: file.node.range.source.name)
    }

    /// A workload whose container runs Prometheus with the agent switch.
    init?(_ command: ContainerCommand, objects: Objects) {
        guard command.isPrometheus, command.hasAgentSwitch else { return nil }
        workload = command.workload
        container = command.container
        reference = command.workload.reference
        let found = Self.configuration(of: command, objects: objects)
        configuration = found.configuration
        unresolved = found.unresolved
        secret = found.secret
        pods = objects.pods(of: command.workload)
    }

    /// What became of `--config.file`.
    struct FoundConfiguration {
        var configuration: PrometheusConfiguration?
        var unresolved: MountedFile?
        var secret: SecretKey?
    }

    static func configuration(of command: ContainerCommand, objects: Objects) -> FoundConfiguration
    {
        // Prometheus' own default of --config.file is prometheus.yml; its image states the path.
        let stated = command.words.first { $0.hasPrefix("--config.file=") }?.dropFirst(14)
        let path = stated.map(String.init) ?? "/etc/prometheus/prometheus.yml"
        let file = MountedFile.resolve(
            path, in: command.workload, container: command.container, objects: objects)
        if case .configMapKey(_, _, let text) = file,
            let document = text.embeddedYAML().documents.first
        {
            return FoundConfiguration(configuration: PrometheusConfiguration(document))
        }
        guard let secret = secretKey(behind: file, of: command.workload) else {
            return FoundConfiguration(unresolved: file)
        }
        let document = objects.secretDocument(secret)
        return FoundConfiguration(
            configuration: document.map(PrometheusConfiguration.init),
            unresolved: document == nil ? file : nil, secret: secret)
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
