import KubernetesModel

extension Agent {
    /// The programs that collect on an edge and send with remote write.
    package enum Program: String, Sendable, CaseIterable {
        case prometheus = "Prometheus agent"
        case vmagent
        case alloy = "Grafana Alloy"
        case grafanaAgent = "Grafana Agent"
        case collector = "OpenTelemetry Collector"
    }

    /// Whether it has Prometheus' flags, configuration, metrics and log lines.
    package var isPrometheus: Bool { program == .prometheus }
}

extension ContainerCommand {
    /// The agent that a container runs, by its image or its program, never by the workload's name.
    var agentProgram: Agent.Program? {
        if isPrometheus { return isMeantAsAgent ? .prometheus : nil }
        let program = words.first.flatMap { $0.split(separator: "/").last }.map(String.init) ?? ""
        for name in [image?.name ?? "", program] {
            switch name {
            case "vmagent", "vmagent-prod": return .vmagent
            case "alloy": return .alloy
            case "grafana-agent": return .grafanaAgent
            case "agent" where image?.repository.hasSuffix("grafana/agent") == true:
                return .grafanaAgent
            case "otelcol", "otel-collector", "aws-otel-collector": return .collector
            case let name where name.hasPrefix("otelcol-"): return .collector
            case let name where name.hasPrefix("opentelemetry-collector"): return .collector
            default: continue
            }
        }
        return nil
    }
}
