package import KubernetesModel
import MarkedYAML
import PipelineModel

/// How Cilium gives addresses to Services and announces them.
package struct CiliumAddressing: Sendable {
    package let pools: [LoadBalancerIPPool]
    package let policies: [L2AnnouncementPolicy]
    /// LoadBalancer Services that Cilium may serve, receivers' or not.
    package let services: [ServiceObject]
    /// Those of them that stand in front of receivers.
    package let receiverServices: [ServiceObject]
    package let ingresses: [IngressObject]
    /// Nil when nodes could not be listed.
    package let nodeLabels: [[String: String]]?
}

extension EvidenceKey where Value == CiliumAddressing {
    /// Cilium's pools and announcements, where Cilium is what serves LoadBalancer Services.
    ///
    /// Missing (not applicable) without a pool or a policy of Cilium's, or when another
    /// announcer is there: then its silence means nothing.
    package static var ciliumAddressing: EvidenceKey<CiliumAddressing> {
        EvidenceKey(
            "cilium-addressing",
            resources: [
                .loadBalancerIPPools, .l2AnnouncementPolicies, .services, .ingresses, .nodes,
                .statefulSets,
            ]
        ) { _, view in view.ciliumAddressing }
    }
}

extension ClusterView {
    /// Kinds that only another announcer of addresses brings along.
    private static let foreignAnnouncers = [
        "CiliumBGPPeeringPolicy", "CiliumBGPClusterConfig", "IPAddressPool", "BGPPeer",
        "L2Advertisement", "BGPAdvertisement",
    ]

    fileprivate var ciliumAddressing: Reading<CiliumAddressing> {
        for kind in ["CiliumLoadBalancerIPPool", "CiliumL2AnnouncementPolicy", "Service"] {
            if let missing = missingKinds[kind] { return .missing(missing) }
        }
        guard !pipeline.pools.isEmpty || !pipeline.l2Policies.isEmpty else {
            return .missing(.notApplicable("no pool or announcement policy of Cilium's here"))
        }
        let served = servedKinds?.map(\.kind) ?? []
        let foreign = Self.foreignAnnouncers.first { kind in
            !objects.of(kind: kind).isEmpty
                || (kind == "IPAddressPool" && served.contains(kind))
        }
        if let foreign {
            return .missing(.notApplicable("another announcer is there: \(foreign)"))
        }
        let balancers = pipeline.services.filter { $0.isLoadBalancer && $0.mayBelongToCilium }
        let inFront = Set(pipeline.receiverServices.map(\.reference))
        let nodes = objects.of(kind: "Node")
        return .known(
            CiliumAddressing(
                pools: pipeline.pools, policies: pipeline.l2Policies, services: balancers,
                receiverServices: balancers.filter { inFront.contains($0.reference) },
                ingresses: pipeline.ingresses.filter(\.isCilium),
                nodeLabels: isCluster && missingKinds["Node"] == nil ? nodes.map(\.labels) : nil))
    }
}

/// A Lease by which one node announces the addresses of one Service.
package struct AnnouncementLease: Sendable, Hashable {
    package let name: String
    /// The node that answers for the addresses; nil when none does.
    package let holder: String?

    /// The name that Cilium gives to the Lease of a Service (`pkg/l2announcer` in Cilium).
    package static func name(for service: ServiceObject) -> String {
        "cilium-l2announce-\(service.namespace ?? "default")-\(service.reference.name)"
    }
}

extension EvidenceKey where Value == [AnnouncementLease] {
    /// Which Services a node answers ARP for; only an API server knows it.
    package static var announcementLeases: EvidenceKey<[AnnouncementLease]> {
        EvidenceKey("announcement-leases", resources: [.leases]) { _, view in
            guard view.isCluster else {
                return .missing(.notConfigured("cluster", needs: "a cluster"))
            }
            if let missing = view.missingKinds["Lease"] { return .missing(missing) }
            let leases = view.objects.of(kind: "Lease").filter {
                $0.name.hasPrefix("cilium-l2announce-")
            }
            return .known(
                leases.map { lease in
                    let holder = lease.spec?["holderIdentity"]?.string
                    return AnnouncementLease(
                        name: lease.name, holder: holder?.isEmpty == true ? nil : holder)
                })
        }
    }
}
