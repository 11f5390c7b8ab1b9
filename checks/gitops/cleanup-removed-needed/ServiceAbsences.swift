import Evidence
import KubernetesModel
import PipelineModel

/// Which of the Services that scrape jobs name are gone, or have nothing behind them.
///
/// Each is looked up once, however many agents need it.
struct ServiceAbsences {
    private var absences: [Name: String] = [:]
    private let namespaces: Set<String?>

    fileprivate struct Name: Hashable {
        let namespace: String?
        let name: String
    }

    init(of needs: [NeededService], _ workloads: [Workload], _ view: ClusterView) {
        let services = view.pipeline.services
        namespaces = Set(services.map(\.namespace))
        guard view.isComplete(kind: "Service") else { return }
        for name in Set(needs.map(Name.init)) {
            let found = services.filter { service in
                service.reference.name == name.name
                    && (name.namespace == nil || service.namespace == name.namespace)
            }
            let shown = (name.namespace.map { "\($0)/" } ?? "") + name.name
            if found.isEmpty {
                absences[name] = "the Service \(shown) does not exist"
            } else if view.isCluster, found.allSatisfy({ !Self.hasPods($0, workloads, view) }) {
                absences[name] = "nothing runs behind the Service \(shown)"
            }
        }
    }

    /// Nil where the Service is there, or where nobody looked into its namespace.
    func what(of need: NeededService, for agent: Agent) -> String? {
        isGathered(need.namespace, agent) ? absences[Name(need)] : nil
    }

    /// Whether the namespace was looked into at all: something else of it is known.
    private func isGathered(_ namespace: String?, _ agent: Agent) -> Bool {
        guard let namespace, namespace != agent.reference.namespace else {
            return agent.reference.namespace != nil
        }
        return namespaces.contains(namespace)
    }

    private static func hasPods(
        _ service: ServiceObject, _ workloads: [Workload], _ view: ClusterView
    ) -> Bool {
        guard let selector = service.selector, !selector.isEmpty,
            ["Deployment", "DaemonSet", "StatefulSet", "Pod"].allSatisfy(view.isComplete(kind:))
        else { return true }
        return workloads.contains { service.selects($0.podLabels, in: $0.namespace) }
            || view.objects.of(kind: "Pod").contains {
                service.selects($0.labels, in: $0.namespace)
            }
    }
}

extension ServiceAbsences.Name {
    fileprivate init(_ need: NeededService) {
        self.init(namespace: need.namespace, name: need.name)
    }
}
