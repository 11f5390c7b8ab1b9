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
    private static let resources: [ResourceType] = [
        .loadBalancerIPPools, .l2AnnouncementPolicies, .services, .ingresses, .nodes, .statefulSets,
    ]

    /// Cilium's pools and announcements, where Cilium is what gives addresses to Services.
    ///
    /// Missing (not applicable) without a pool or a policy of Cilium's, or when somebody else's
    /// pools are there: then its silence means nothing.
    package static var ciliumAddressing: EvidenceKey<CiliumAddressing> {
        EvidenceKey("cilium-addressing", resources: resources) { _, view in view.ciliumAddressing }
    }

    /// The same where Cilium announces the addresses on the nodes' own network.
    ///
    /// Missing (not applicable) where it tells routers of them by BGP.
    package static var ciliumAnnouncements: EvidenceKey<CiliumAddressing> {
        EvidenceKey(
            "cilium-announcements",
            resources: resources + [.bgpClusterConfigs, .bgpPeeringPolicies]
        ) { _, view in
            let unseen = ClusterView.ciliumSpeakers.compactMap { view.missingKinds[$0] }
            if let missing = unseen.first { return .missing(missing) }
            if let speaker = view.first(of: ClusterView.ciliumSpeakers) {
                return .missing(.notApplicable("another announcer is there: \(speaker)"))
            }
            return view.ciliumAddressing
        }
    }
}

extension ClusterView {
    /// Kinds that only another giver of addresses brings along.
    private static let strangers = [
        "IPAddressPool", "BGPPeer", "L2Advertisement", "BGPAdvertisement",
    ]
    /// Kinds by which Cilium tells routers of the addresses.
    fileprivate static let ciliumSpeakers = ["CiliumBGPPeeringPolicy", "CiliumBGPClusterConfig"]

    fileprivate func first(of kinds: [String]) -> String? {
        kinds.first { !objects.of(kind: $0).isEmpty }
    }

    fileprivate var ciliumAddressing: Reading<CiliumAddressing> {
        for kind in ["CiliumLoadBalancerIPPool", "CiliumL2AnnouncementPolicy", "Service"] {
            if let missing = missingKinds[kind] { return .missing(missing) }
        }
        guard !pipeline.pools.isEmpty || !pipeline.l2Policies.isEmpty else {
            return .missing(.notApplicable("no pool or announcement policy of Cilium's here"))
        }
        let served = servedKinds?.contains { $0.kind == "IPAddressPool" } ?? false
        if let stranger = first(of: Self.strangers) ?? (served ? "IPAddressPool" : nil) {
            return .missing(.notApplicable("another announcer is there: \(stranger)"))
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
