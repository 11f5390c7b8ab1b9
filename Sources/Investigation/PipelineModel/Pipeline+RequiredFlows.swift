import Hashrings
import KubernetesModel
import MarkedYAML
import ReceiveFlags

extension Pipeline {
    /// The connections that a receiver group takes and makes, of those that policies can judge.
    ///
    /// - Parameter hasCilium: whether Cilium carries the traffic; elsewhere a pod of the load
    ///   balancer may stand in for a client.
    package func requiredFlows(
        of group: ReceiverGroup, namespaces: NamespaceLabels, hasCilium: Bool
    ) -> [RequiredFlow] {
        // Policies do not apply to pods in their node's network.
        guard !group.workload.usesHostNetwork else { return [] }
        return clientFlows(to: group, namespaces, hasCilium: hasCilium)
            + peerFlows(of: group, namespaces) + queryFlows(to: group, namespaces)
            + outgoingFlows(of: group, namespaces)
    }

    private func clientFlows(
        to group: ReceiverGroup, _ namespaces: NamespaceLabels, hasCilium: Bool
    ) -> [RequiredFlow] {
        guard let port = group.remoteWritePort else { return [] }
        func flow(_ purpose: RequiredFlow.Purpose, _ peers: [NetworkPeer]) -> RequiredFlow {
            RequiredFlow(
                purpose: purpose, direction: .ingress, workload: group.workload, peers: peers,
                connections: [group.connection(to: port)])
        }
        let strangers: [NetworkPeer] = hasCilium ? [] : [namespaces.somePod(in: nil)]
        let outside = group.loadBalancers.filter { service in
            service.ports.contains { group.containerPort(of: $0) == port }
        }.map { service in
            flow(
                .clients(service.reference),
                [.outside(address: nil, name: nil), .node] + strangers)
        }
        let proxied = receiverIngresses.filter { ingress in
            ingress.isCilium
                && group.services.contains { service in
                    service.namespace == ingress.object.namespace
                        && ingress.backends.contains { $0.service == service.object.name }
                }
        }.map { flow(.ingress($0.reference), [.ciliumIngress]) }
        return outside + proxied
    }

    /// Both ends of each pair of groups of which one's ring holds the other.
    private func peerFlows(
        of group: ReceiverGroup, _ namespaces: NamespaceLabels
    ) -> [RequiredFlow] {
        receivers.flatMap { other -> [RequiredFlow] in
            guard !other.workload.usesHostNetwork else { return [] }
            let isSame = other.reference == group.reference
            guard !isSame || group.wantedPods > 1 else { return [] }
            func flow(
                _ direction: TrafficPolicy.Direction, to target: ReceiverGroup, _ port: Int
            ) -> RequiredFlow {
                RequiredFlow(
                    purpose: .peers(other.reference), direction: direction,
                    workload: group.workload, peers: [namespaces.peer(other.workload)],
                    connections: [target.connection(to: port)])
            }
            let taken = other.portInRing(of: group).map { flow(.ingress, to: group, $0) }
            let made = group.portInRing(of: other).map { flow(.egress, to: other, $0) }
            return [taken, made].compactMap(\.self)
        }
    }

    private func queryFlows(
        to group: ReceiverGroup, _ namespaces: NamespaceLabels
    ) -> [RequiredFlow] {
        guard let port = group.grpcPort else { return [] }
        return components.filter { query in
            query.program == .query && !query.workload.usesHostNetwork
                && ["--endpoint", "--store", "--endpoint-strict", "--endpoint-group"].contains {
                    query.values(of: $0).contains { names(group, in: $0.value, from: query) }
                }
        }.map { query in
            RequiredFlow(
                purpose: .query(query.reference), direction: .ingress, workload: group.workload,
                peers: [namespaces.peer(query.workload)],
                connections: [group.connection(to: port)])
        }
    }

    /// Whether an address of Query's names a Service of the group, on its gRPC port.
    private func names(
        _ group: ReceiverGroup, in endpoint: String, from query: ThanosComponent
    ) -> Bool {
        let bare = endpoint.split(separator: "+").last.map(String.init) ?? endpoint
        let host = String(bare.prefix { $0 != ":" })
        return group.services.contains { service in
            service.clusterNames.contains { host == $0 || host.hasSuffix(".\($0)") }
                || (service.namespace == query.workload.namespace && host == service.object.name)
        }
    }

    private func outgoingFlows(
        of group: ReceiverGroup, _ namespaces: NamespaceLabels
    ) -> [RequiredFlow] {
        [group.nameFlow(namespaces), group.objectStoreFlow(namespaces)].compactMap(\.self)
    }
}
