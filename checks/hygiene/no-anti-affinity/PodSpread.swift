import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The rules by which the scheduler keeps pods of one kind apart.
struct PodSpread {
    /// Anti-affinities and topology spread constraints, each with the labels that it selects.
    let rules: [Node]
    private let workload: Workload
    /// Nil where they are not known.
    private let nodes: [KubernetesObject]?

    init(_ workload: Workload, on nodes: [KubernetesObject]?) {
        self.workload = workload
        self.nodes = nodes
        let spec = workload.podSpec?.node
        let affinity = spec?["affinity"]?["podAntiAffinity"]
        let required = affinity?["requiredDuringSchedulingIgnoredDuringExecution"].items ?? []
        let preferred = affinity?["preferredDuringSchedulingIgnoredDuringExecution"].items ?? []
        rules =
            required + preferred.compactMap { $0["podAffinityTerm"] }
            + (spec?["topologySpreadConstraints"].items ?? [])
    }

    /// Whether two pods of the workload never meet, or meet only in need: a node holds a port once.
    var keepsApart: Bool {
        let spec = workload.podSpec
        let ports = spec?.containers.flatMap { $0.node["ports"].items } ?? []
        return spec?.node["hostNetwork"]?.bool == true || ports.contains { $0["hostPort"] != nil }
            || rules.contains { selectsOwnPods($0) && divides($0) }
    }

    var replicas: Int { workload.replicas }

    /// Whether any rule selects the pods that it stands in.
    var selectsOwnPods: Bool { rules.contains(where: selectsOwnPods) }

    /// Whether a rule can keep two pods apart: its key has several values among the nodes, and the
    /// difference that it allows is smaller than the number of pods.
    private func divides(_ rule: Node) -> Bool {
        if let skew = rule["maxSkew"]?.int, skew >= max(workload.replicas, 2) { return false }
        guard let nodes, let key = rule["topologyKey"]?.string else { return true }
        return nodes.isEmpty || Set(nodes.compactMap { $0.domain(of: key) }).count > 1
    }

    private func selectsOwnPods(_ rule: Node) -> Bool {
        let namespaces = rule["namespaces"].items.compactMap(\.string)
        let isElsewhere =
            rule["namespaceSelector"] == nil && !namespaces.isEmpty
            && !namespaces.contains(workload.namespace ?? "default")
        guard !isElsewhere, let selector = rule["labelSelector"] else { return false }
        return LabelSelector(selector).matches(workload.podLabels)
    }
}

/// Receivers of one workload that run on the same node.
struct CrowdedNode {
    let name: String
    let pods: [Pod]

    /// The nodes with more than one, the fullest first.
    static func all(of group: ReceiverGroup) -> [CrowdedNode] {
        let placed = group.pods.filter { !$0.isTerminating && $0.phase != "Failed" }
        let nodes = Dictionary(grouping: placed) { $0.nodeName }
        return nodes.compactMap { name, pods in
            guard let name, pods.count > 1 else { return nil }
            return CrowdedNode(name: name, pods: pods)
        }.sorted { ($1.pods.count, $0.name) < ($0.pods.count, $1.name) }
    }
}

extension CrowdedNode {
    /// How many copies of a series it may hold: with zones ketama puts one into each
    /// (pkg/receive/hashring.go in Thanos).
    func copies(in group: ReceiverGroup) -> Int {
        guard case .configured(let configuration, from: _) = group.hashring else {
            return pods.count
        }
        let endpoints = configuration.rings.flatMap(\.endpoints)
        let zones = pods.compactMap { pod in
            endpoints.first { PodAddress(host: $0.host)?.pod == pod.name }?.az
        }
        let isZoned = zones.count == pods.count && !zones.contains("")
        return isZoned ? Set(zones).count : pods.count
    }
}

extension KubernetesObject {
    /// The value of a node's label; a node has its name as kubernetes.io/hostname if nothing else.
    fileprivate func domain(of key: String) -> String? {
        labels[key] ?? (key == "kubernetes.io/hostname" ? name : nil)
    }
}
