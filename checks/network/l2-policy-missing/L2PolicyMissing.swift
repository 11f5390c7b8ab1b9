import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let l2PolicyMissing = Check(
        "l2-policy-missing",
        severity: .critical,
        stage: .preRollout,
        summary: "No CiliumL2AnnouncementPolicy announces the receivers' address",
        why: """
            An address that LB-IPAM gives to a Service is only a number until a node answers ARP \
            for it. Without an announcement it works from the cluster's nodes and from nowhere else.
            """,
        fix: """
            Create a CiliumL2AnnouncementPolicy with loadBalancerIPs: true whose serviceSelector \
            matches the labels of the Service and whose nodeSelector selects a node.
            """,
        needs: .ciliumAnnouncements, .view, .optional(.announcementLeases), .optional(.probes),
        references: [
            "https://docs.cilium.io/en/stable/network/l2-announcements/"
        ],
        examples: l2PolicyMissingExamples
    ) { addressing, view, leases, probes in
        let held = Set((leases ?? []).filter { $0.holder != nil }.map(\.name))
        return addressing.receiverServices.filter { service in
            service.loadBalancerClass != "io.cilium/bgp-control-plane"
                && !(view.isCluster && service.assignedAddresses.isEmpty)
                && !held.contains(AnnouncementLease.name(for: service))
        }.compactMap { service in
            var finding = finding(service, addressing, view)
            // A route or another speaker may lead there; from a node it would answer anyhow.
            let isSeen = (probes ?? []).contains {
                $0.purpose == .remoteWrite && $0.target == service.reference && $0.failure == nil
                    && !$0.isNotReachableFromHere
            }
            if isSeen {
                finding?.severity = .info
                finding?.confidence = .possible
            }
            return finding
        }
    }
}

/// Why a policy does not announce a Service, the nearest to doing so last.
private enum Obstacle: Int, Comparable {
    case announcesNothing, selectsOther, selectsNoNode

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    init?(_ policy: L2AnnouncementPolicy, _ service: ServiceObject, nodes: [[String: String]]?) {
        if !policy.announcesLoadBalancerIPs {
            self = .announcesNothing
        } else if !policy.selects(service) {
            self = .selectsOther
        } else if let nodes, let selector = policy.nodeSelector,
            !nodes.contains(where: selector.matches)
        {
            self = .selectsNoNode
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .announcesNothing: "announces no LoadBalancer addresses (loadBalancerIPs is not true)"
        case .selectsOther: "has a serviceSelector that does not match the Service's labels"
        case .selectsNoNode: "has a nodeSelector that selects no node"
        }
    }

    func range(in policy: L2AnnouncementPolicy) -> SourceRange {
        let spec = policy.object.spec
        let node =
            switch self {
            case .announcesNothing: spec?["loadBalancerIPs"]
            case .selectsOther: spec?.key("serviceSelector")
            case .selectsNoNode: spec?.key("nodeSelector")
            }
        return node?.range ?? policy.object.range
    }
}

private func finding(
    _ service: ServiceObject, _ addressing: CiliumAddressing, _ view: ClusterView
) -> Finding? {
    var nearest: (policy: L2AnnouncementPolicy, obstacle: Obstacle)?
    for policy in addressing.policies {
        guard let obstacle = Obstacle(policy, service, nodes: addressing.nodeLabels) else {
            return nil
        }
        if nearest.map({ $0.obstacle < obstacle }) ?? true { nearest = (policy, obstacle) }
    }
    let isComplete = view.isComplete(kind: "CiliumL2AnnouncementPolicy")
    // A render is one application's; another one may bring the cluster's policy.
    let isProven = isComplete && view.isCluster
    guard nearest != nil || isComplete else { return nil }
    let address = service.assignedAddresses.first.map { " \($0)" } ?? ""
    let reason = nearest.map { "\($0.policy.object.name) \($0.obstacle.text)" } ?? "there is none"
    return Finding(
        "no L2 announcement policy announces the Service's address\(address): \(reason)",
        object: service.reference,
        at: nearest.map { $0.obstacle.range(in: $0.policy) } ?? service.object.range,
        label: nearest == nil ? "nobody answers ARP for it" : "keeps the Service out",
        severity: isProven ? nil : .warning, confidence: isProven ? .certain : .likely,
        alsoAt: nearest == nil ? [] : [Place(service.object.range, "is not announced")],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(counted(addressing.policies.count, "policy", "policies")), none for the "
                    + "Service; no Lease \(AnnouncementLease.name(for: service)) is held",
                command: view.kubectl("get ciliuml2announcementpolicy"))
        ],
        repair: repair(nearest, view), about: nearest.map { [$0.policy.reference] } ?? [])
}

private func repair(
    _ nearest: (policy: L2AnnouncementPolicy, obstacle: Obstacle)?, _ view: ClusterView
) -> Repair {
    guard let (policy, obstacle) = nearest else {
        return Repair(
            text: """
                apply this policy:
                apiVersion: cilium.io/v2alpha1
                kind: CiliumL2AnnouncementPolicy
                metadata: {name: thanos-receiver}
                spec:
                  loadBalancerIPs: true
                """)
    }
    guard obstacle == .announcesNothing, let spec = policy.object.spec else {
        return Repair(text: "let the selectors of \(policy.reference) match the Service and a node")
    }
    let edit =
        spec["loadBalancerIPs"].map { TextEdit.replacing($0, with: "true") }
        ?? .inserting(["loadBalancerIPs: true"], atTopOf: spec)
    return Repair(
        edits: [edit],
        command: view.kubectlPatch(policy.reference, "{\"spec\":{\"loadBalancerIPs\":true}}"),
        text: "state loadBalancerIPs: true in \(policy.reference)")
}
