package import KubernetesModel

/// A connection that a receiver needs, with everybody who may be at its other end.
package struct RequiredFlow: Sendable {
    package enum Purpose: Sendable, Hashable {
        /// Writes that come through a Service's outside address.
        case clients(ObjectReference)
        /// Writes that Cilium's proxy brings for an Ingress.
        case ingress(ObjectReference)
        /// Writes of the receivers to each other.
        case peers(ObjectReference)
        case query(ObjectReference)
        case names
        case objectStore(host: String)
    }

    package let purpose: Purpose
    package let direction: TrafficPolicy.Direction
    /// The workload whose pods are at this end.
    package let workload: Workload
    /// It is cut off only when none of these may pass.
    package let peers: [NetworkPeer]
    package let connections: [Connection]

    /// What the policies say to it: it passes when any way of making it passes.
    package func answer(of policies: [TrafficPolicy], namespaces: NamespaceLabels) -> PolicyAnswer {
        let pod = namespaces.peer(workload)
        let answers = peers.flatMap { peer in
            connections.map { policies.answer(to: $0, direction, at: pod, with: peer) }
        }
        return answers.max { $0.passes < $1.passes } ?? PolicyAnswer(passes: .yes, isolating: [])
    }
}

/// The labels of namespaces, as far as they are known.
package struct NamespaceLabels: Sendable {
    private let labels: [String: [String: String]]

    package init(_ namespaces: [KubernetesObject]) {
        labels = Dictionary(namespaces.map { ($0.name, $0.labels) }) { first, _ in first }
    }

    func peer(_ workload: Workload) -> NetworkPeer {
        .pod(
            labels: workload.podLabels, namespace: workload.namespace,
            namespaceLabels: workload.namespace.flatMap { labels[$0] })
    }

    /// Some pod of a namespace.
    func somePod(in namespace: String?) -> NetworkPeer {
        .pod(
            labels: nil, namespace: namespace,
            namespaceLabels: namespace.flatMap { labels[$0] })
    }
}
