import Evidence
import KubernetesModel
import PipelineModel

/// What is wrong with a Service that a scrape job names.
struct Absence {
    let what: String
    /// Whether it may be over in a minute.
    var mayPass = false
}

/// Which of the Services that scrape jobs name are gone, or have nothing behind them.
///
/// Each is looked up once, however many agents need it.
struct ServiceAbsences {
    private var absences: [Name: Absence] = [:]
    private let namespaces: Set<String?>

    fileprivate struct Name: Hashable {
        let namespace: String?
        let name: String
    }

    init(of needs: [NeededService], _ workloads: [Workload], _ view: ClusterView) {
        let services = view.pipeline.services
        namespaces = Set(services.map(\.namespace))
        guard view.isComplete(kind: "Service"), !needs.isEmpty else { return }
        let backings = ServiceBackings(workloads, view)
        for name in Set(needs.map(Name.init)) {
            let found = services.filter { service in
                service.reference.name == name.name
                    && (name.namespace == nil || service.namespace == name.namespace)
            }
            let shown = (name.namespace.map { "\($0)/" } ?? "") + name.name
            if found.isEmpty {
                absences[name] = Absence(what: "the Service \(shown) does not exist")
            } else if view.isCluster {
                absences[name] = found.map(backings.behind).max()?
                    .absence(of: shown)
            }
        }
    }

    /// Nil where the Service is there, or where nobody looked into its namespace.
    func what(of need: NeededService, for agent: Agent) -> Absence? {
        isGathered(need.namespace, agent) ? absences[Name(need)] : nil
    }

    /// Whether the namespace was looked into at all: something else of it is known.
    private func isGathered(_ namespace: String?, _ agent: Agent) -> Bool {
        guard let namespace, namespace != agent.reference.namespace else {
            return agent.reference.namespace != nil
        }
        return namespaces.contains(namespace)
    }
}

extension ServiceAbsences.Name {
    fileprivate init(_ need: NeededService) {
        self.init(namespace: need.namespace, name: need.name)
    }
}
