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
