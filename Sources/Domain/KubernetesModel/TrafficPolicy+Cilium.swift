import MarkedYAML

extension TrafficPolicy {
    /// One `spec` of a `CiliumNetworkPolicy` or its clusterwide sibling; nil for one that is meant
    /// for nodes.
    init?(cilium spec: Node, of object: KubernetesObject) {
        guard let endpoints = spec["endpointSelector"],
            let selector = LabelSelector(endpoints).withoutSources
        else { return nil }
        let isClusterwide = object.kind == "CiliumClusterwideNetworkPolicy"
        self.object = object
        subject = PodScope(
            namespaces: isClusterwide ? .every : .one(object.namespace), selector: selector)
        let home = isClusterwide ? PodScope.Namespaces.every : .one(object.namespace)
        var isolates: Set<Direction> = []
        var allowed: [Direction: [TrafficRule]] = [:]
        var denied: [Direction: [TrafficRule]] = [:]
        for direction in [Direction.ingress, .egress] {
            let rules = spec[direction.rawValue].items
            let denials = spec[direction.rawValue + "Deny"].items
            allowed[direction] = rules.map { Self.rule($0, direction, home: home) }
            denied[direction] = denials.map { Self.rule($0, direction, home: home) }
            // A section isolates, unless enableDefaultDeny (Cilium 1.16) says that it does not.
            let isStated = spec["enableDefaultDeny"]?[direction.rawValue]?.bool
            if isStated ?? !(rules.isEmpty && denials.isEmpty) { isolates.insert(direction) }
        }
        self.isolates = isolates
        self.allowed = allowed
        self.denied = denied
    }

    private static func rule(
        _ node: Node, _ direction: Direction, home: PodScope.Namespaces
    ) -> TrafficRule {
        let word = direction == .ingress ? "from" : "to"
        let ports = node["toPorts"].map { $0.items.flatMap { $0["ports"].items.map(port) } }
        // A rule without peers and ports allows nothing: Cilium's way to write "deny all".
        let fields = node.entries.filter { entry in
            let name = entry.key.string ?? ""
            return name.hasPrefix(word) && name != "toPorts"
        }
        guard !fields.isEmpty else {
            return TrafficRule(
                peers: ports == nil || ports?.isEmpty == true ? [] : nil, ports: ports)
        }
        let peers = fields.flatMap { field in
            field.value.items.map { peer($0, field: field.key.string ?? "", home: home) }
        }
        return TrafficRule(peers: peers, ports: ports)
    }

    private static func port(_ node: Node) -> PortRule {
        var rule = PortRule(transport: node["protocol"]?.string ?? "ANY")
        guard let text = node["port"]?.scalarText, text != "0", !text.isEmpty else { return rule }
        rule.number = Int(text)
        rule.last = node["endPort"]?.int
        if rule.number == nil { rule.name = text }
        return rule
    }

    private static func peer(
        _ node: Node, field: String, home: PodScope.Namespaces
    ) -> PeerRule {
        switch field {
        case "fromEndpoints", "toEndpoints":
            guard let selector = LabelSelector(node).withoutSources else { return .unknown }
            let namesNamespace = selector.requirements.contains {
                $0.key == "io.kubernetes.pod.namespace"
                    || $0.key.hasPrefix("io.cilium.k8s.namespace.labels")
            }
            return .pods(PodScope(namespaces: namesNamespace ? .every : home, selector: selector))
        case "fromEntities", "toEntities":
            return .entity(node.string ?? "")
        case "fromCIDR", "toCIDR":
            return .block(
                node.string.flatMap(AddressBlock.init(cidr:)), hasExceptions: false, except: [])
        case "fromCIDRSet", "toCIDRSet":
            let except = node["except"].items
            return .block(
                node["cidr"]?.string.flatMap(AddressBlock.init(cidr:)),
                hasExceptions: !except.isEmpty,
                except: except.compactMap { $0.string.flatMap(AddressBlock.init(cidr:)) })
        case "toFQDNs":
            let name = node["matchName"]?.string ?? node["matchPattern"]?.string
            return name.map { .hostName($0) } ?? .unknown
        case _:
            return .unknown
        }
    }
}
