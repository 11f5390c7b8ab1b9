import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let l2NotAnswering = Check(
        "l2-not-answering",
        severity: .error,
        stage: .postRollout,
        summary: "An address is announced on paper and no node answers for it",
        why: """
            A policy only says who may announce an address. One node does it, and shows that it does \
            by renewing a Lease. Without a fresh Lease of a node that lives, nobody answers ARP and \
            the address is silent, although the Service has it.
            """,
        fix: """
            See that Cilium runs with l2announcements.enabled and kubeProxyReplacement, that its \
            agents may write Leases, and that their client rate limit is high enough. A holder that \
            is wedged is freed by deleting its Cilium agent's pod. Ping is no test: ICMP is not \
            answered.
            """,
        needs: .ciliumAnnouncements, .announcementLeases, .optional(.objects(.nodes)),
        .optional(.objects(.configMaps)), .objects(.leases), .now, .view,
        references: [
            "https://docs.cilium.io/en/stable/network/l2-announcements/",
            "https://github.com/cilium/cilium/issues/38223",
        ],
        examples: l2NotAnsweringExamples
    ) { addressing, leases, nodes, maps, objects, now, view in
        let configuration = maps?.first { $0.name == "cilium-config" }
        return addressing.receiverServices.compactMap { service in
            guard !service.assignedAddresses.isEmpty,
                service.loadBalancerClass != "io.cilium/bgp-control-plane",
                let policy = addressing.policies.first(where: {
                    $0.announcesLoadBalancerIPs && $0.selects(service)
                        && selectsNode($0, addressing.nodeLabels)
                })
            else { return nil }
            let name = AnnouncementLease.name(for: service)
            let lease = objects.first { $0.name == name }
            let holder = leases.first { $0.name == name }?.holder
            guard
                let fault = LeaseFault(
                    holder: holder, lease: lease, nodes: nodes ?? [], configuration: configuration,
                    now: now)
            else { return nil }
            return finding(service, policy, fault, configuration, view)
        }
    }
}

private func selectsNode(_ policy: L2AnnouncementPolicy, _ nodes: [[String: String]]?) -> Bool {
    guard let nodes, let selector = policy.nodeSelector else { return true }
    return nodes.contains(where: selector.matches)
}

private func finding(
    _ service: ServiceObject, _ policy: L2AnnouncementPolicy, _ fault: LeaseFault,
    _ configuration: KubernetesObject?, _ view: ClusterView
) -> Finding {
    let address = service.assignedAddresses.first ?? ""
    let name = AnnouncementLease.name(for: service)
    let place = configuration?.node["data"]?["enable-l2-announcements"]
    return Finding(
        "nobody answers for \(address): \(fault.text)", object: service.reference,
        at: service.object.range, label: "has \(address)",
        severity: fault.isCertain ? nil : .warning,
        confidence: fault.isCertain ? .certain : .likely,
        alsoAt: [Place(policy.object.range, "is to announce it")]
            + (fault == .switchedOff ? place.map { [Place($0.range, "is off")] } ?? [] : []),
        evidence: [
            EvidenceItem(
                "cluster", fault.text,
                command: view.kubectl("get lease \(name) -o yaml", namespace: "kube-system"))
        ],
        repair: Repair(text: fault.advice),
        about: [policy.reference]
            + view.pipeline.receivers(behind: service.reference).map(\.reference))
}

/// Why a Lease does not stand for a node that answers.
private enum LeaseFault: Equatable {
    case switchedOff
    case absent
    case nobody
    case unknownNode(String)
    case stale(String, seconds: Int)

    /// Nil for a Lease that is fresh, or whose age cannot be told.
    init?(
        holder: String?, lease: KubernetesObject?, nodes: [KubernetesObject],
        configuration: KubernetesObject?, now: Double
    ) {
        let isOn = configuration?.node["data"]?["enable-l2-announcements"]?.scalarText
        guard let lease, let holder else {
            self = isOn == "false" ? .switchedOff : lease == nil ? .absent : .nobody
            return
        }
        if !nodes.isEmpty, !nodes.contains(where: { $0.name == holder }) {
            self = .unknownNode(holder)
            return
        }
        // Cilium's default lease lasts 15 s; a clock that differs a little is not a fault.
        let duration = lease.spec?["leaseDurationSeconds"]?.int ?? 15
        guard let text = lease.spec?["renewTime"]?.string,
            let renewed = Timestamp.seconds(rfc3339: text),
            now - renewed > Double(duration) + 300
        else { return nil }
        self = .stale(holder, seconds: Int(min(now - renewed, 1e9)))
    }

    /// A Lease may be on its way, or be renewed by a clock that is wrong.
    var isCertain: Bool {
        switch self {
        case .switchedOff, .unknownNode: true
        case .absent, .nobody, .stale: false
        }
    }

    var text: String {
        switch self {
        case .switchedOff: "enable-l2-announcements is false in cilium-config"
        case .absent: "a policy selects the Service and no node has taken its Lease"
        case .nobody: "its Lease has no holder"
        case .unknownNode(let node): "its Lease is held by \(node), which is no node of the cluster"
        case .stale(let node, let seconds):
            "its Lease was renewed by \(node) \(counted(seconds, "second")) ago"
        }
    }

    var advice: String {
        switch self {
        case .switchedOff: "set l2announcements.enabled=true in Cilium's Helm values"
        case .absent, .nobody:
            "see in the Cilium agents' logs whether Leases are forbidden to them, and that "
                + "l2announcements.enabled and kubeProxyReplacement are true"
        case .unknownNode: "delete the Lease, so that a node that lives takes it"
        case .stale(let node, _):
            "delete the pod of the Cilium agent on \(node), and raise k8sClientRateLimit"
        }
    }
}
