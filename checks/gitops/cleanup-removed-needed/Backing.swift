import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What stands behind a Service of a cluster, from the worst to the best.
enum Backing: Int, Comparable {
    case nothing, unready, present

    init(_ service: ServiceObject, _ workloads: [Workload], _ view: ClusterView) {
        guard let selector = service.selector, !selector.isEmpty,
            ["Deployment", "DaemonSet", "StatefulSet", "Pod"].allSatisfy(view.isComplete(kind:))
        else {
            self = .present
            return
        }
        let pods = view.objects.of(kind: "Pod").compactMap(Pod.init).filter {
            service.selects($0.object.labels, in: $0.namespace)
        }
        let isWanted = workloads.contains {
            $0.replicas > 0 && service.selects($0.podLabels, in: $0.namespace)
        }
        // What is wrong with receivers is for other checks to say.
        let isReceiver = !view.pipeline.receivers(behind: service.reference).isEmpty
        if pods.isEmpty {
            self = isWanted ? .present : .nothing
        } else {
            // A node that is gone takes its pods along, and says so itself.
            let lost = Self.lostNodes(view)
            let isExcused = pods.contains { pod in
                pod.isReady || (pod.object.spec?["nodeName"]?.string).map(lost.contains) ?? false
            }
            self = isReceiver || isExcused ? .present : .unready
        }
    }

    private static func lostNodes(_ view: ClusterView) -> Set<String> {
        let lost = view.objects.of(kind: "Node").filter { node in
            node.status?["conditions"].items.contains {
                $0["type"]?.string == "Ready" && $0["status"]?.string != "True"
            } ?? false
        }
        return Set(lost.map(\.name))
    }

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
