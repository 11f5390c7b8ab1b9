import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

/// Whatever collects on an edge is recognised, and judged as far as it can be.
@Suite("Agents of other kinds")
struct AgentVariantTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let variant: Variant
        let program: Agent.Program
        /// As kind and name.
        let seen: (live: String, written: String)

        init(
            _ title: String, _ file: String, _ program: Agent.Program, live: String,
            written: String? = nil
        ) {
            variant = Variant(
                testDescription: title, file: "agents/\(file)",
                without: [
                    "StatefulSet/prometheus-agent", "Pod/prometheus-agent",
                    "PersistentVolumeClaim/data-prometheus-agent", "Service/prometheus-agent",
                    "ServiceAccount/prometheus-agent", "ConfigMap/prometheus-agent",
                    "EndpointSlice/prometheus-agent", "ClusterRole/prometheus-agent",
                    "ClusterRoleBinding/prometheus-agent", "Application/prometheus-agent",
                ])
            self.program = program
            seen = (live, written ?? live)
        }

        var testDescription: String { variant.testDescription }
    }

    private static let rows = [
        Row("Grafana Alloy", "alloy", .alloy, live: "DaemonSet/alloy"),
        Row(
            "the Grafana Agent", "grafana-agent", .grafanaAgent, live: "Deployment/grafana-agent"),
        Row(
            "an OpenTelemetry Collector", "collector", .collector,
            live: "Deployment/opentelemetry-collector"),
        Row(
            "a Collector of its operator", "collector-operator", .collector,
            live: "StatefulSet/edge-collector", written: "OpenTelemetryCollector/edge"),
        Row("vmagent", "vmagent", .vmagent, live: "StatefulSet/vmagent"),
        Row(
            "vmagent of its operator", "vmagent-operator", .vmagent,
            live: "Deployment/vmagent-edge", written: "VMAgent/edge"),
        Row(
            "a PrometheusAgent", "prometheus-agent-resource", .prometheus,
            live: "StatefulSet/prom-agent-edge", written: "PrometheusAgent/edge"),
    ]

    @Test("is recognised as what it is, with the address that it writes to", arguments: rows)
    func recognised(_ row: Row) throws {
        for source in Variant.Source.allCases {
            let agents = try row.variant.snapshot(source).views.flatMap(\.pipeline.agents)
            #expect(agents.map(\.program) == [row.program])
            #expect(
                agents.map { "\($0.reference.kind)/\($0.reference.name)" }
                    == [source == .cluster ? row.seen.live : row.seen.written])
            #expect(
                agents.flatMap { $0.remoteWrites.map(\.url.value) }
                    == ["http://127.77.0.210:19291/api/v1/receive"])
        }
    }

    @Test(
        "is not blamed for being of another kind", arguments: rows, Variant.Source.allCases)
    func healthy(_ row: Row, _ source: Variant.Source) throws {
        #expect(try row.variant.conclusion(source).complaints == [])
    }

    @Test(
        "that writes to a path that nobody serves is told so", arguments: rows,
        Variant.Source.allCases)
    func wrongPath(_ row: Row, _ source: Variant.Source) throws {
        let conclusion = try row.variant.conclusion(
            source, with: Variant.Edit("19291/api/v1/receive", "19291/api/v1/push"))
        #expect(conclusion.faults == ["rw-url-wrong"], "\(conclusion.complaints)")
    }
}
