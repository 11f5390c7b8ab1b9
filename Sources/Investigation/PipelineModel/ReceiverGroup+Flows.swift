import Hashrings
import KubernetesModel
import MarkedYAML
import ReceiveFlags

extension Workload {
    /// Whether its pods live in their node's network.
    package var usesHostNetwork: Bool { podSpec?.node["hostNetwork"]?.bool ?? false }
}

extension ReceiverGroup {
    /// A connection to one of its ports, under every name that the container gives it.
    func connection(to port: Int) -> Connection {
        let names = container.node["ports"].items.filter { $0["containerPort"]?.int == port }
            .compactMap { $0["name"]?.string }
        return Connection(port: port, portNames: Set(names))
    }

    /// The port at which this group's ring reaches pods of another; nil when none is in it.
    package func portInRing(of other: ReceiverGroup) -> Int? {
        guard case .configured(let configuration, from: _) = hashring else { return nil }
        let endpoint = configuration.rings.flatMap(\.endpoints).first {
            isPod($0.host, of: other)
        }
        return endpoint?.port
    }

    /// Whether a host is a pod of the group by the name that a headless Service gives it.
    private func isPod(_ host: String, of group: ReceiverGroup) -> Bool {
        let labels = host.split(separator: ".").map(String.init)
        guard labels.count >= 2, labels[0].hasPrefix("\(group.workload.object.name)-"),
            Int(labels[0].dropFirst(group.workload.object.name.count + 1)) != nil,
            group.services.contains(where: { $0.object.name == labels[1] })
        else { return false }
        return (labels.count > 2 ? labels[2] : workload.namespace) == group.workload.namespace
    }

    private var needsNames: Bool {
        guard case .configured(let configuration, from: _) = hashring else { return false }
        return configuration.rings.flatMap(\.endpoints).contains { endpoint in
            endpoint.host.contains { $0.isLetter } && !endpoint.host.contains(":")
        }
    }

    /// Questions to the cluster's DNS, wherever it runs.
    func nameFlow(_ namespaces: NamespaceLabels) -> RequiredFlow? {
        guard needsNames else { return nil }
        let servers = ["kube-system", "openshift-dns"].map(namespaces.somePod)
        return RequiredFlow(
            purpose: .names, direction: .egress, workload: workload,
            // The address of NodeLocal DNSCache; others are outside.
            peers: servers + [
                .node, .outside(address: "169.254.20.10", name: nil),
                .outside(address: nil, name: nil),
            ],
            connections: [53, 5353].map {
                Connection(port: $0, transport: "UDP")
            })
    }

    /// Uploads to an object store outside the cluster, when its address is known.
    func objectStoreFlow(_ namespaces: NamespaceLabels) -> RequiredFlow? {
        let usesProxy = container.environment.keys.contains { $0.uppercased().hasSuffix("_PROXY") }
        guard let configuration = objectStore.configuration,
            configuration["type"]?.string?.uppercased() == "S3",
            let endpoint = configuration["config"]?["endpoint"]?.string, !endpoint.isEmpty,
            !usesProxy, !container.takesForeignEnvironment
        else { return nil }
        let parts = endpoint.split(separator: ":").map(String.init)
        let isPlain = configuration["config"]?["insecure"]?.bool == true
        let port = parts.count == 2 ? Int(parts[1]) : isPlain ? 80 : 443
        let host = parts[0]
        let isAddress = !host.contains { $0.isLetter }
        let labels = host.split(separator: ".")
        if !isAddress, labels.count < 2 || labels.dropFirst(2).first == "svc" || labels.count == 2 {
            // A Service of the cluster: the port of its pods is not known.
            let namespace = labels.count > 1 ? String(labels[1]) : workload.namespace
            return RequiredFlow(
                purpose: .objectStore(host: endpoint), direction: .egress, workload: workload,
                peers: [
                    namespaces.somePod(in: namespace), .node, .outside(address: nil, name: nil),
                ],
                connections: [Connection(port: nil)])
        }
        return RequiredFlow(
            purpose: .objectStore(host: endpoint), direction: .egress, workload: workload,
            // A private address or name may stand for a Service of the cluster.
            peers: [
                .outside(address: isAddress ? host : nil, name: isAddress ? nil : host), .node,
                namespaces.somePod(in: nil),
            ],
            // Where it does, the policy sees the port of its pods, which is not known.
            connections: [Connection(port: isAddress && !host.isPrivateIPv4 ? port : nil)])
    }
}

extension String {
    /// Whether it is an address of RFC 1918.
    fileprivate var isPrivateIPv4: Bool {
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].compactMap(AddressBlock.init(cidr:))
            .contains { $0.contains(self) }
    }
}
