/// What stands at the other end of a connection, as far as network policies tell ends apart.
package enum NetworkPeer: Sendable, Hashable {
    /// A pod; nil stands for labels or a namespace that are not known.
    case pod(labels: [String: String]?, namespace: String?, namespaceLabels: [String: String]?)
    /// Something outside the cluster, by its address or the name that is asked for.
    case outside(address: String?, name: String?)
    /// A node: what a Service's address translation may put in a client's place.
    case node
    /// The proxy by which Cilium serves Ingresses (`reserved:ingress`).
    case ciliumIngress
}

/// A connection that one end wants to make to a port of the other.
package struct Connection: Sendable, Hashable {
    /// The port of the pod or host that is reached, not of a Service; nil when it is not known.
    package let port: Int?
    /// The names that the reached container gives the port; nil when they are not known.
    package let portNames: Set<String>?
    /// `TCP` or `UDP`.
    package let transport: String

    package init(port: Int?, portNames: Set<String>? = nil, transport: String = "TCP") {
        self.port = port
        self.portNames = portNames
        self.transport = transport
    }
}

extension LabelSelector {
    /// Labels that controllers add to the pods of a template.
    private static let added: Set = [
        "apps.kubernetes.io/pod-index", "controller-revision-hash", "pod-template-hash",
        "statefulset.kubernetes.io/pod-name",
    ]

    /// Whether it matches labels of which some, or all, are not known.
    func truth(of labels: [String: String]?) -> Truth {
        requirements.map { requirement in
            let key = requirement.key
            let isUnsure = Self.added.contains(key) || key.hasPrefix("io.cilium.")
            guard let labels, labels[key] != nil || !isUnsure else { return .unknown }
            return Truth(LabelSelector([requirement]).matches(labels))
        }.all
    }

    init(_ requirements: [Requirement]) {
        self.requirements = requirements
        range = nil
    }

    /// The same with Cilium's prefixes of label sources taken off; nil when it names a reserved
    /// identity.
    var withoutSources: LabelSelector? {
        guard !requirements.contains(where: { $0.key.hasPrefix("reserved") }) else { return nil }
        return LabelSelector(
            requirements.map { requirement in
                let source = ["k8s:", "any:"].first(where: requirement.key.hasPrefix) ?? ""
                return Requirement(
                    key: String(requirement.key.dropFirst(source.count)),
                    operator: requirement.operator, values: requirement.values)
            })
    }
}
