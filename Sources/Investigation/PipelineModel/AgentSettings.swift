import KubernetesModel
package import MarkedYAML

/// What an agent is told to do, as far as it could be read.
package struct AgentSettings: Sendable {
    /// The file, where it is in Prometheus' format.
    package var configuration: PrometheusConfiguration?
    /// Why there is no configuration, when there is none.
    package var unresolved: MountedFile?
    /// The Secret that holds the configuration, when one does.
    package var secret: SecretKey?
    package var remoteWrites: [RemoteWriteTarget] = []
    /// Nil when nobody knows which labels it adds.
    package var externalLabels: ExternalLabels?

    init() {}

    init(_ configuration: PrometheusConfiguration) {
        self.configuration = configuration
        remoteWrites = configuration.remoteWrites
        externalLabels = ExternalLabels(configuration)
    }
}

/// The labels that an agent adds to everything that it sends.
package struct ExternalLabels: Sendable {
    /// As they are written, variables and all.
    package let written: [String: Marked<String>]
    /// What the Prometheus Operator adds of its own.
    package let added: [String: String]
    /// Where they stand, or would.
    package let range: SourceRange

    init(written: [String: Marked<String>], range: SourceRange) {
        self.written = written
        added = [:]
        self.range = range
    }

    init(_ configuration: PrometheusConfiguration) {
        let global = configuration.node["global"]
        let node = global?["external_labels"]
        self.init(
            written: Self.map(node),
            range: (global?.key("external_labels") ?? configuration.node.key("global")
                ?? configuration.node.entries.first?.key ?? configuration.node).range)
    }

    /// The operator adds a label for the object and one for the pod, unless it is told the empty
    /// name (its API reference, `prometheusExternalLabelName` and `replicaExternalLabelName`).
    init(customResource object: KubernetesObject) {
        let spec = object.spec
        var added: [String: String] = [:]
        let owner = spec?["prometheusExternalLabelName"]?.string ?? "prometheus"
        if !owner.isEmpty { added[owner] = "\(object.namespace ?? "default")/\(object.name)" }
        let replica = spec?["replicaExternalLabelName"]?.string ?? "prometheus_replica"
        if !replica.isEmpty { added[replica] = "$(POD_NAME)" }
        written = Self.map(spec?["externalLabels"])
        self.added = added
        range = (spec?.key("externalLabels") ?? object.node.key("spec"))?.range ?? object.range
    }

    private static func map(_ node: Node?) -> [String: Marked<String>] {
        var map: [String: Marked<String>] = [:]
        for (key, value) in node?.entries ?? [] {
            if let key = key.string, let value = value.markedString { map[key] = value }
        }
        return map
    }
}
