import MarkedYAML

extension TrafficPolicy {
    /// A `NetworkPolicy` of `networking.k8s.io`.
    init(kubernetes object: KubernetesObject) {
        let spec = object.spec
        self.object = object
        subject = PodScope(
            namespaces: .one(object.namespace),
            selector: spec?["podSelector"].map { LabelSelector($0) } ?? LabelSelector([]))
        let types = spec?["policyTypes"].items.compactMap(\.string) ?? []
        var isolates: Set<Direction> = []
        // Without policyTypes, ingress is always meant and egress when there are rules for it.
        if types.isEmpty || types.contains("Ingress") { isolates.insert(.ingress) }
        if types.contains("Egress") || (types.isEmpty && spec?["egress"] != nil) {
            isolates.insert(.egress)
        }
        self.isolates = isolates
        allowed = [
            .ingress: Self.rules(spec?["ingress"], peers: "from", of: object),
            .egress: Self.rules(spec?["egress"], peers: "to", of: object),
        ]
        denied = [:]
    }

    private static func rules(
        _ rules: Node?, peers field: String, of object: KubernetesObject
    ) -> [TrafficRule] {
        rules.items.map { rule in
            let peers = rule[field].items
            let ports = rule["ports"].items
            return TrafficRule(
                peers: peers.isEmpty ? nil : peers.map { peer($0, namespace: object.namespace) },
                ports: ports.isEmpty ? nil : ports.map(port))
        }
    }

    private static func peer(_ node: Node, namespace: String?) -> PeerRule {
        if let block = node["ipBlock"] {
            let except = block["except"].items
            return .block(
                block["cidr"]?.string.flatMap(AddressBlock.init(cidr:)),
                hasExceptions: !except.isEmpty,
                except: except.compactMap { $0.string.flatMap(AddressBlock.init(cidr:)) })
        }
        let pods = node["podSelector"].map { LabelSelector($0) } ?? LabelSelector([])
        let namespaces = node["namespaceSelector"].map { LabelSelector($0) }
        return .pods(
            PodScope(
                namespaces: namespaces.map { $0.isEmpty ? .every : .selected($0) }
                    ?? .one(namespace),
                selector: pods))
    }

    private static func port(_ node: Node) -> PortRule {
        var rule = PortRule(transport: node["protocol"]?.string ?? "TCP")
        rule.number = node["port"]?.int
        rule.last = node["endPort"]?.int
        if rule.number == nil { rule.name = node["port"]?.string }
        return rule
    }
}
