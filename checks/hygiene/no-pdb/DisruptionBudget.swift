import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A PodDisruptionBudget beside the workloads whose pods it selects.
struct DisruptionBudget {
    let object: KubernetesObject
    let workloads: [Workload]
    /// How many pods it speaks of; nil where somebody else may set the replicas.
    let pods: Int?
    /// `maxUnavailable` or `minAvailable`, and the value.
    let limit: (field: String, node: Node)?

    init(_ object: KubernetesObject, in view: ClusterView) {
        self.object = object
        let selector = object.spec?["selector"].map { LabelSelector($0) }
        workloads = view.pipeline.workloads.filter { workload in
            ["StatefulSet", "Deployment"].contains(workload.object.kind)
                && Self.areTogether(object, workload, in: view)
                && (selector?.matches(workload.podLabels) ?? false)
        }
        pods = Self.pods(of: object, workloads, in: view)
        limit =
            ["maxUnavailable", "minAvailable"].lazy.compactMap { field in
                object.spec?[field].map { (field, $0) }
            }.first
    }

    func selects(_ group: ReceiverGroup) -> Bool {
        workloads.contains { $0.object.range == group.workload.object.range }
    }

    /// How many pods may be evicted while all are well; nil when it cannot be told.
    var allowed: Int? {
        guard let limit, let number = count(limit.node) else { return nil }
        if limit.field == "maxUnavailable" { return number }
        return pods.map { max(0, $0 - number) }
    }

    /// The value of the limit with which so many may be evicted.
    func limit(allowing number: Int) -> String? {
        guard let limit else { return nil }
        if limit.field == "maxUnavailable" { return String(number) }
        return pods.map { String(max(0, $0 - number)) }
    }

    /// A number, or a share of the pods, which Kubernetes rounds up.
    private func count(_ node: Node) -> Int? {
        if let number = node.int { return Self.bounded(number) }
        guard let text = node.string, text.hasSuffix("%"), let share = Int(text.dropLast()),
            (0...100).contains(share), let pods
        else { return nil }
        return (pods * share + 99) / 100
    }

    private static func pods(
        of object: KubernetesObject, _ workloads: [Workload], in view: ClusterView
    ) -> Int? {
        if let expected = object.status?["expectedPods"]?.int, expected > 0 {
            return bounded(expected)
        }
        let isKnown = workloads.allSatisfy { workload in
            (view.isCluster || workload.object.spec?["replicas"] != nil)
                && view.otherManifests(of: workload).isEmpty
        }
        guard isKnown, !workloads.isEmpty else { return nil }
        return bounded(workloads.reduce(0) { $0 + bounded($1.replicas) })
    }

    /// An absurd number in a manifest must not become a sum without end.
    private static func bounded(_ number: Int) -> Int { min(max(0, number), 100_000) }

    /// Files may leave the namespace to the tool that applies them.
    private static func areTogether(
        _ object: KubernetesObject, _ workload: Workload, in view: ClusterView
    ) -> Bool {
        if object.namespace == workload.namespace { return true }
        return !view.isWhole && (object.namespace == nil || workload.namespace == nil)
    }
}
