/// One thing that a network policy allows or denies: some peers on some ports.
struct TrafficRule: Sendable {
    /// Nil stands for everybody; an empty list for nobody.
    let peers: [PeerRule]?
    /// Nil stands for every port.
    let ports: [PortRule]?

    func covers(_ connection: Connection, with peer: NetworkPeer) -> Truth {
        let isPeer = peers.map { $0.map { $0.covers(peer) }.any } ?? .yes
        let isPort = ports.map { $0.map { $0.covers(connection) }.any } ?? .yes
        return min(isPeer, isPort)
    }
}

/// A port, a range of ports, or a port by the name it has in the container.
struct PortRule: Sendable {
    var number: Int?
    var last: Int?
    var name: String?
    /// `TCP`, `UDP`, or `ANY` in Cilium's policies.
    var transport = "TCP"

    func covers(_ connection: Connection) -> Truth {
        guard transport == "ANY" || transport == connection.transport else { return .no }
        if let name { return connection.portNames.map { Truth($0.contains(name)) } ?? .unknown }
        guard let number else { return .yes }
        guard let port = connection.port else { return .unknown }
        return Truth(number <= port && port <= max(number, last ?? number))
    }
}

/// Who is meant by one entry of `from` or `to`.
enum PeerRule: Sendable {
    case pods(PodScope)
    /// A block of addresses without some blocks in it; nil for one that cannot be read.
    case block(AddressBlock?, hasExceptions: Bool, except: [AddressBlock])
    /// Cilium's words for kinds of peers: `world`, `cluster`, `remote-node`.
    case entity(String)
    /// The name of a host outside, or a pattern with `*`.
    case hostName(String)
    /// Something that this model does not follow.
    case unknown

    func covers(_ peer: NetworkPeer) -> Truth {
        switch self {
        case .unknown: .unknown
        case .pods(let scope): scope.covers(peer)
        case .entity(let word): Self.entity(word, covers: peer)
        case .hostName(let pattern): Self.hostName(pattern, covers: peer)
        case .block(let block, let hasExceptions, let except):
            Self.block(block, hasExceptions, except, covers: peer)
        }
    }

    private static func block(
        _ block: AddressBlock?, _ hasExceptions: Bool, _ except: [AddressBlock],
        covers peer: NetworkPeer
    ) -> Truth {
        switch peer {
        case .outside(let address?, _):
            guard let block, except.isEmpty == !hasExceptions else { return .unknown }
            return Truth(block.contains(address) && !except.contains { $0.contains(address) })
        case .outside(nil, _):
            return block?.text.hasSuffix("/0") == true && !hasExceptions ? .yes : .unknown
        // Whether blocks cover pods and nodes differs from network to network.
        case .pod, .node: return .unknown
        case .ciliumIngress: return .no
        }
    }

    /// The entities as Cilium's documentation lists them (Layer 3 policies, entities based).
    private static func entity(_ word: String, covers peer: NetworkPeer) -> Truth {
        switch (word, peer) {
        case ("all", _): .yes
        case ("cluster", .pod), ("cluster", .node), ("cluster", .ciliumIngress): .yes
        case ("world", .outside): .yes
        case ("world-ipv4", .outside), ("world-ipv6", .outside): .unknown
        case ("host", .node), ("remote-node", .node): .yes
        case ("kube-apiserver", .node), ("kube-apiserver", .outside): .unknown
        case ("unmanaged", .pod), ("init", .pod): .unknown
        case ("ingress", .ciliumIngress): .yes
        case _: .no
        }
    }

    private static func hostName(_ pattern: String, covers peer: NetworkPeer) -> Truth {
        guard case .outside(let address, let name) = peer else { return .no }
        guard let name else { return address == nil ? .unknown : .no }
        if pattern.contains("*") { return pattern == "*" ? .yes : .unknown }
        return Truth(pattern.lowercased() == name.lowercased())
    }
}

/// Pods by their labels, in some namespaces.
struct PodScope: Sendable {
    enum Namespaces: Sendable {
        case every
        /// Nil for the namespace of a manifest that does not state it.
        case one(String?)
        case selected(LabelSelector)
    }

    let namespaces: Namespaces
    let selector: LabelSelector

    func covers(_ peer: NetworkPeer) -> Truth {
        guard case .pod(let labels, let namespace, let namespaceLabels) = peer else { return .no }
        // Cilium gives every pod a label of its namespace.
        let virtual = namespace.map { ["io.kubernetes.pod.namespace": $0] } ?? [:]
        let known = labels.map { $0.merging(virtual) { own, _ in own } }
        return min(
            covers(namespace: namespace, namespaceLabels), selector.truth(of: known))
    }

    private func covers(namespace: String?, _ labels: [String: String]?) -> Truth {
        switch namespaces {
        case .every:
            return .yes
        case .one(let own):
            return own == nil || namespace == nil ? .unknown : Truth(own == namespace)
        case .selected(let selector):
            // Kubernetes labels each namespace with its name.
            let name = namespace.map { ["kubernetes.io/metadata.name": $0] } ?? [:]
            if let labels { return selector.truth(of: labels.merging(name) { $1 }) }
            return selector.requirements.map { requirement in
                guard name[requirement.key] != nil else { return .unknown }
                return LabelSelector([requirement]).truth(of: name)
            }.all
        }
    }
}
