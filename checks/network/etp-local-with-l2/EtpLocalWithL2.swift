import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let etpLocalWithL2 = Check(
        "etp-local-with-l2",
        severity: .warning,
        stage: .preRollout,
        summary: "A Service that Cilium announces on layer 2 has the traffic policy Local",
        why: """
            Cilium lets any node announce an address, whether a receiver runs on it or not, and with \
            externalTrafficPolicy: Local that node drops what it has no pod for. So the address \
            works or fails with the node that happens to hold it.
            """,
        fix: """
            State externalTrafficPolicy: Cluster, which is the default, or run a receiver on every \
            node that may announce the address.
            """,
        needs: .ciliumAnnouncements, .optional(.announcementLeases), .ifConfigured(.receiverPods),
        .view,
        references: [
            "https://docs.cilium.io/en/stable/network/l2-announcements/"
        ],
        examples: etpLocalWithL2Examples
    ) { addressing, leases, running, view in
        addressing.receiverServices.compactMap { service in
            guard isLocal(service, view) else { return nil }
            let policy = addressing.policies.first {
                $0.announcesLoadBalancerIPs && $0.selects(service)
            }
            guard let policy else { return nil }
            let name = AnnouncementLease.name(for: service)
            let lease = leases?.first { $0.name == name }
            let nodes: Set<String>? = running.map { nodesWithReceiver(service, $0) }
            if let nodes, isEverywhere(nodes, policy, view) { return nil }
            return finding(service, policy, holder: lease?.holder, nodes: nodes, view)
        }
    }
}

/// Whether only nodes with a pod take part, and not every node has one.
private func isLocal(_ service: ServiceObject, _ view: ClusterView) -> Bool {
    guard service.loadBalancerClass != "io.cilium/bgp-control-plane",
        service.object.spec?["externalTrafficPolicy"]?.string == "Local"
    else { return false }
    let behind = view.pipeline.receivers(behind: service.reference)
    return !behind.contains { $0.workload.object.kind == "DaemonSet" }
}

/// The nodes that have a ready pod of the Service.
private func nodesWithReceiver(
    _ service: ServiceObject, _ running: ByOwner<RunningGroup>
) -> Set<String> {
    let pods = running.filter { group in
        group.group.services.contains { $0.reference == service.reference }
    }.flatMap(\.pods)
    return Set(pods.filter(\.isReady).compactMap { $0.nodeName })
}

/// Whether each node that may announce has a receiver.
private func isEverywhere(
    _ nodes: Set<String>, _ policy: L2AnnouncementPolicy, _ view: ClusterView
) -> Bool {
    let announcing = view.objects.of(kind: "Node").filter { node in
        policy.nodeSelector?.matches(node.labels) ?? true
    }
    return !announcing.isEmpty && announcing.allSatisfy { nodes.contains($0.name) }
}

private func finding(
    _ service: ServiceObject, _ policy: L2AnnouncementPolicy, holder: String?,
    nodes: Set<String>?, _ view: ClusterView
) -> Finding {
    let place = service.object.spec?["externalTrafficPolicy"]
    let isDropping = holder.map { nodes?.contains($0) == false } ?? false
    let message =
        isDropping
        ? "node \(holder ?? "") announces the Service's address, has no ready receiver, and drops "
            + "every connection: externalTrafficPolicy is Local"
        : "the Service is announced on layer 2 with externalTrafficPolicy Local: a node without a "
            + "receiver drops what it gets"
    return Finding(
        message, object: service.reference, at: (place ?? service.object.node).range,
        label: "drops where no pod is", confidence: isDropping ? .certain : .likely,
        alsoAt: [Place(policy.object.range, "announces the address")],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                holder.map { "the Lease is held by \($0)" }
                    ?? "\(policy.reference) selects the Service",
                command: view.kubectl(
                    "get lease \(AnnouncementLease.name(for: service))", namespace: "kube-system"))
        ],
        repair: repair(of: service, place, view),
        about: [policy.reference]
            + view.pipeline.receivers(behind: service.reference).map(\.reference))
}

private func repair(of service: ServiceObject, _ place: Node?, _ view: ClusterView) -> Repair {
    let effect = "network policies and source ranges then see the nodes in the place of clients"
    let sharers = view.pipeline.services.filter {
        $0.sharingKey != nil && $0.sharingKey == service.sharingKey
            && $0.reference != service.reference
    }
    // Services that share an address must have one policy: Cilium takes it from those that differ.
    guard sharers.isEmpty else {
        let names = listed(([service] + sharers).map(\.reference.name))
        return Repair(
            text: "state externalTrafficPolicy: Cluster at \(names) in one step, for they share an "
                + "address; \(effect)")
    }
    return Repair(
        edits: [place.map { TextEdit.replacing($0, with: "Cluster") }],
        command: view.kubectlPatch(
            service.reference, "{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}"),
        text: "state externalTrafficPolicy: Cluster; \(effect)")
}
