package import MarkedYAML

/// A Service: what it selects, which ports it offers, which addresses it got.
package struct ServiceObject: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Service", object.apiGroup.isEmpty else { return nil }
        self.object = object
    }

    package struct Port: Sendable {
        package let node: Node
        package var name: String? { node["name"]?.string }
        package var number: Int? { node["port"]?.int }
        package var nodePort: Int? { node["nodePort"]?.int }
        package var transport: String { node["protocol"]?.string ?? "TCP" }
        /// `targetPort`, which defaults to `port`.
        package var target: Node? { node["targetPort"] ?? node["port"] }
    }

    package var reference: ObjectReference { object.reference }
    package var namespace: String? { object.namespace }
    package var type: String { object.spec?["type"]?.string ?? "ClusterIP" }
    package var isLoadBalancer: Bool { type == "LoadBalancer" }
    package var isHeadless: Bool { object.spec?["clusterIP"]?.string == "None" }
    package var ports: [Port] { object.spec?["ports"].items.map(Port.init) ?? [] }
    package var loadBalancerClass: String? { object.spec?["loadBalancerClass"]?.string }
    package var selector: LabelSelector? {
        object.spec?["selector"].map(LabelSelector.init(map:))
    }

    /// The addresses that the load balancer gave: IPs and hostnames.
    package var assignedAddresses: [String] {
        object.status?["loadBalancer"]?["ingress"].items.compactMap {
            $0["ip"]?.string ?? $0["hostname"]?.string
        } ?? []
    }

    /// The addresses under which it is known outside, those that were fixed by hand included.
    package var externalAddresses: [String] {
        assignedAddresses + (object.spec?["externalIPs"].items.compactMap(\.string) ?? [])
    }

    package var clusterAddresses: [String] {
        let listed = object.spec?["clusterIPs"].items.compactMap(\.string) ?? []
        let single = object.spec?["clusterIP"]?.string.map { [$0] } ?? []
        return (listed.isEmpty ? single : listed).filter { $0 != "None" }
    }

    package func selects(_ labels: [String: String], in namespace: String?) -> Bool {
        guard let selector, !selector.isEmpty else { return false }
        return self.namespace == namespace && selector.matches(labels)
    }

    /// The names by which the cluster's DNS knows the Service.
    package var clusterNames: [String] {
        guard let namespace else { return [object.name] }
        let short = "\(object.name).\(namespace)"
        return [short, "\(short).svc", "\(short).svc.cluster.local"]
    }
}
