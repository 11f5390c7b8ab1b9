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

    package var remoteWrites: [RemoteWriteTarget] { configuration?.remoteWrites ?? [] }

    package init(file: PrometheusConfiguration) {
        configuration = file
        workload = nil
        container = nil
        unresolved = nil
        secret = nil
        reference = ObjectReference(
            kind: "PrometheusConfiguration", name: file.node.range.source.name)
    }

    /// A workload whose container runs Prometheus with the agent switch.
    init?(_ workload: Workload, container: Container, objects: Objects) {
        let words = Arguments(container).values.map(\.value)
        guard Self.runsPrometheus(container, words), Self.hasAgentSwitch(words) else { return nil }
        self.workload = workload
        self.container = container
        reference = workload.reference
        let found = Self.configuration(
            words, workload: workload, container: container, objects: objects)
        configuration = found.configuration
        unresolved = found.unresolved
        secret = found.secret
    }

    /// By image or program, never by the workload's name.
    static func runsPrometheus(_ container: Container, _ words: [String]) -> Bool {
        if words.first?.hasSuffix("/prometheus") == true || words.first == "prometheus" {
            return true
        }
        return container.image?.name == "prometheus"
    }

    /// `--agent` since Prometheus 3.0, the feature flag before.
    static func hasAgentSwitch(_ words: [String]) -> Bool {
        words.contains("--agent") || words.contains("--agent=true")
            || words.contains { word in
                word.hasPrefix("--enable-feature=")
                    && word.dropFirst(17).split(separator: ",").contains("agent")
            }
            || zip(words, words.dropFirst()).contains { $0 == "--enable-feature" && $1 == "agent" }
    }

    /// What became of `--config.file`.
    struct FoundConfiguration {
        var configuration: PrometheusConfiguration?
        var unresolved: MountedFile?
        var secret: SecretKey?
    }

    static func configuration(
        _ words: [String], workload: Workload, container: Container, objects: Objects
    ) -> FoundConfiguration {
        // Prometheus' own default of --config.file is prometheus.yml; its image states the path.
        let stated = words.first { $0.hasPrefix("--config.file=") }?.dropFirst(14)
        let path = stated.map(String.init) ?? "/etc/prometheus/prometheus.yml"
        let file = MountedFile.resolve(
            path, in: workload, container: container, objects: objects)
        if case .configMapKey(_, _, let text) = file,
            let document = text.embeddedYAML().documents.first
        {
            return FoundConfiguration(configuration: PrometheusConfiguration(document))
        }
        guard let secret = secretKey(behind: file, of: workload) else {
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
