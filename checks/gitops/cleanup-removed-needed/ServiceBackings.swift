import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What stands behind a Service of a cluster, from the worst to the best.
enum Backing: Int, Comparable {
    case nothing, unready, present

    static func < (one: Backing, other: Backing) -> Bool { one.rawValue < other.rawValue }

    /// Nil when all is well.
    func absence(of service: String) -> Absence? {
        switch self {
        case .nothing: Absence(what: "nothing runs behind the Service \(service)")
        case .unready:
            Absence(what: "no pod behind the Service \(service) is ready", mayPass: true)
        case .present: nil
        }
    }
}

/// The pods of a cluster and what would make more of them.
struct ServiceBackings {
    private let view: ClusterView
    private let workloads: [Workload]
    private let pods: [String?: [Pod]]
    private let lostNodes: Set<String>
    /// Whether everything that may stand behind a Service is known.
    private let isWhole: Bool

    init(_ workloads: [Workload], _ view: ClusterView) {
        self.view = view
        self.workloads = workloads
        pods = Dictionary(
            grouping: view.objects.of(kind: "Pod").compactMap(Pod.init), by: \.namespace)
        let lost = view.objects.of(kind: "Node").filter { node in
            node.status?["conditions"].items.contains {
                $0["type"]?.string == "Ready" && $0["status"]?.string != "True"
            } ?? false
        }
        lostNodes = Set(lost.map(\.name))
        isWhole = ["Deployment", "DaemonSet", "StatefulSet", "Pod"]
            .allSatisfy(view.isComplete(kind:))
    }

    func behind(_ service: ServiceObject) -> Backing {
        guard isWhole, let selector = service.selector, !selector.isEmpty else { return .present }
        let selected = (pods[service.namespace] ?? []).filter {
            selector.matches($0.object.labels)
        }
        guard !selected.isEmpty else {
            let isWanted = workloads.contains {
                $0.replicas > 0 && service.selects($0.podLabels, in: $0.namespace)
            }
            return isWanted ? .present : .nothing
        }
        // What is wrong with receivers is for other checks to say.
        let isReceiver = !view.pipeline.receivers(behind: service.reference).isEmpty
        return isReceiver || selected.contains(where: isExcused) ? .present : .unready
    }

    /// Whether nothing is to be said of it; a node that is gone takes its pods along, and says so
    /// itself.
    private func isExcused(_ pod: Pod) -> Bool {
        pod.isReady || pod.nodeName.map(lostNodes.contains) ?? false
    }
}
