package import KubernetesModel
import MarkedYAML

/// What a migration to agents leaves behind: a full Prometheus, an Alertmanager, a Grafana.
package struct Leftover: Sendable {
    package enum Program: String, Sendable {
        case prometheus = "full Prometheus"
        case alertmanager = "Alertmanager"
        case grafana = "Grafana"
    }

    package let program: Program
    package let object: KubernetesObject
    /// Absent when the object is a custom resource whose operator makes the workload.
    package let workload: Workload?
    /// What a full Prometheus is told to do, when that could be read.
    package let configuration: PrometheusConfiguration?

    package var reference: ObjectReference { object.reference }

    init?(_ command: ContainerCommand, objects: Objects) {
        guard let kind = Self.kind(of: command) else { return nil }
        self.program = kind
        object = command.workload.object
        workload = command.workload
        configuration =
            kind == .prometheus
            ? Agent.configuration(of: command, objects: objects).configuration : nil
    }

    /// A `Prometheus` or `Alertmanager` of the Prometheus Operator.
    init?(customResource object: KubernetesObject) {
        guard object.apiGroup == "monitoring.coreos.com" else { return nil }
        switch object.kind {
        case "Prometheus": program = .prometheus
        case "Alertmanager": program = .alertmanager
        case _: return nil
        }
        self.object = object
        workload = nil
        configuration = nil
    }

    private static func kind(of command: ContainerCommand) -> Program? {
        if command.isPrometheus { return command.isMeantAsAgent ? nil : .prometheus }
        switch command.image?.name {
        case "alertmanager": return .alertmanager
        case "grafana", "grafana-oss", "grafana-enterprise": return .grafana
        case _: return nil
        }
    }

    /// The memory that its pods request, in bytes.
    package var memoryRequest: Double {
        guard let workload, let spec = workload.podSpec else { return 0 }
        let each = spec.containers.compactMap(\.memoryRequest).map(\.value).reduce(0, +)
        return each * Double(workload.replicas)
    }
}
