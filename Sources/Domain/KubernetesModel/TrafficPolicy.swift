import MarkedYAML

/// A network policy of Kubernetes or of Cilium: whom it isolates, and what it lets through.
///
/// Policies add up: a pod that some policy isolates gets what any of its policies allows, less
/// what one of Cilium's denies.
package struct TrafficPolicy: Sendable {
    package enum Direction: String, Sendable, Hashable { case ingress, egress }

    package let object: KubernetesObject
    /// The directions in which only what is allowed passes.
    let isolates: Set<Direction>
    let subject: PodScope
    let allowed: [Direction: [TrafficRule]]
    let denied: [Direction: [TrafficRule]]

    package var reference: ObjectReference { object.reference }

    /// The policies that an object holds: none, one, or the `specs` of one of Cilium's.
    package static func all(in object: KubernetesObject) -> [TrafficPolicy] {
        switch (object.kind, object.apiGroup) {
        case ("NetworkPolicy", "networking.k8s.io"):
            return [TrafficPolicy(kubernetes: object)]
        case ("CiliumNetworkPolicy", "cilium.io"), ("CiliumClusterwideNetworkPolicy", "cilium.io"):
            let specs = (object.spec.map { [$0] } ?? []) + object.node["specs"].items
            return specs.compactMap { TrafficPolicy(cilium: $0, of: object) }
        case _:
            return []
        }
    }
}

/// What policies say to a connection at one of its ends.
package struct PolicyAnswer: Sendable {
    /// Whether the connection passes.
    package let passes: Truth
    /// The policies that isolate the pod in this direction.
    package let isolating: [TrafficPolicy]

    package init(passes: Truth, isolating: [TrafficPolicy]) {
        self.passes = passes
        self.isolating = isolating
    }
}

extension [TrafficPolicy] {
    /// Whether a pod may take (`ingress`) or make (`egress`) a connection.
    package func answer(
        to connection: Connection, _ direction: TrafficPolicy.Direction, at pod: NetworkPeer,
        with peer: NetworkPeer
    ) -> PolicyAnswer {
        let concerned = map { ($0, $0.subject.covers(pod)) }.filter { $0.1 != .no }
        let certain = concerned.filter { $0.1 == .yes }.map(\.0)
        let isDenied = certain.flatMap { $0.denied[direction] ?? [] }
            .map { $0.covers(connection, with: peer) }.any
        let isolating = certain.filter { $0.isolates.contains(direction) }
        if isDenied == .yes {
            let denying = certain.filter { $0.denied[direction]?.isEmpty == false }
            return PolicyAnswer(passes: .no, isolating: denying)
        }
        guard !isolating.isEmpty else { return PolicyAnswer(passes: .yes, isolating: []) }
        let allowed = concerned.flatMap { policy, selection in
            (policy.allowed[direction] ?? []).map {
                Swift.min(selection, $0.covers(connection, with: peer))
            }
        }.any
        return PolicyAnswer(passes: allowed, isolating: isolating)
    }
}
