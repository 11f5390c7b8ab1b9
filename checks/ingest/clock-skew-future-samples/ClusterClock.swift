import Evidence
import KubernetesModel
import MarkedYAML

/// What time it is, as far as the nodes and this program agree.
struct ClusterClock {
    /// Seconds since 1970: the clock here, or that of the nodes where most of them are ahead.
    let now: Double
    /// The nodes whose clocks are ahead of it, the fastest first.
    let fastNodes: [FastNode]

    /// A node, with the Lease that its kubelet renews by its own clock.
    struct FastNode {
        let name: String
        let renewed: Node
        /// Seconds before the time that it really is.
        let ahead: Double
    }

    /// Seconds that clocks may differ without being wrong.
    private static let tolerated = 60.0

    init(now: Double, leases: [KubernetesObject]) {
        let nodes = leases.compactMap { lease -> (name: String, renewed: Node, time: Double)? in
            guard lease.namespace == "kube-node-lease", let renewed = lease.spec?["renewTime"],
                let time = renewed.string.flatMap(Timestamp.seconds(rfc3339:))
            else { return nil }
            return (lease.name, renewed, time)
        }.sorted { $0.time < $1.time }
        // One node ahead of the rest is fast; most of them ahead mean that this clock is slow.
        let middle = nodes.isEmpty ? now : nodes[(nodes.count - 1) / 2].time
        let present = max(now, middle)
        self.now = present
        fastNodes = nodes.reversed().filter { $0.time - present > Self.tolerated }.map {
            FastNode(name: $0.name, renewed: $0.renewed, ahead: $0.time - present)
        }
    }
}
