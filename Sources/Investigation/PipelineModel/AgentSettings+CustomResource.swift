import KubernetesModel
import MarkedYAML

extension Agent.Program {
    /// Kinds of which operators make agents, with the groups of their APIs.
    static let resourceKinds = ["PrometheusAgent", "VMAgent", "OpenTelemetryCollector"]

    init?(ofResource object: KubernetesObject) {
        switch (object.apiGroup, object.kind) {
        case ("monitoring.coreos.com", "PrometheusAgent"): self = .prometheus
        case ("operator.victoriametrics.com", "VMAgent"): self = .vmagent
        case ("opentelemetry.io", "OpenTelemetryCollector"): self = .collector
        case _: return nil
        }
    }
}

extension AgentSettings {
    /// What a custom resource asks its operator for.
    init(_ program: Agent.Program, customResource object: KubernetesObject) {
        self.init()
        let spec = object.spec
        switch program {
        case .prometheus:
            remoteWrites = (spec?["remoteWrite"].items ?? []).compactMap {
                RemoteWriteTarget($0, notation: .customResource)
            }
            externalLabels = ExternalLabels(customResource: object)
        case .collector:
            // A text in v1alpha1, a tree since v1beta1.
            let config = spec?["config"]
            let document = config?.string == nil ? config : config?.embeddedYAML().documents.first
            remoteWrites = document.map(Self.remoteWrites(ofCollector:)) ?? []
        case .vmagent:
            remoteWrites = (spec?["remoteWrite"].items ?? []).compactMap { target in
                target["url"]?.markedString.map(RemoteWriteTarget.init(url:))
            }
        case .alloy, .grafanaAgent: break
        }
    }

    /// Exporters of the kind `prometheusremotewrite`, with or without a name behind a slash.
    static func remoteWrites(ofCollector document: Node) -> [RemoteWriteTarget] {
        (document["exporters"]?.entries ?? []).compactMap { entry in
            guard entry.key.string?.split(separator: "/").first == "prometheusremotewrite" else {
                return nil
            }
            return RemoteWriteTarget(entry.value, notation: .collector)
        }
    }
}
