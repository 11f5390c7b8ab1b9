import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let noAntiAffinity = Check(
        "no-anti-affinity",
        severity: .warning,
        summary: "Receivers may share a node or a zone",
        why: """
            Copies protect against the loss of a node only when they lie on different nodes. With \
            three copies a write survives one receiver; when two of them run on the node that is \
            lost, writes fail until it is back.
            """,
        fix: """
            Give the pods an anti-affinity to their own labels on kubernetes.io/hostname: \
            preferred where nodes are few, required where there are always enough. Zones also need \
            endpoints with az in a ketama hashring.
            """,
        needs: .receivers, .optional(.objects(.nodes)), .view,
        references: [
            "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: noAntiAffinityExamples
    ) { receivers, nodes, view in
        receivers.compactMap { group in
            guard group.replication(in: view) != nil else { return nil }
            let copies = receivers.copies(near: group)
            let isSingleNode = view.isCluster && nodes?.count == 1
            let spread = PodSpread(group.workload, on: view.isCluster ? nodes : nil)
            return sharing(group, copies, spread, isSingleNode: isSingleNode, view)
                ?? (isSingleNode ? nil : unprotected(group, copies, spread, view))
        }
    }
}

/// Receivers that run on one node now.
private func sharing(
    _ group: ReceiverGroup, _ copies: (count: Int, spare: Int), _ spread: PodSpread,
    isSingleNode: Bool, _ view: ClusterView
) -> Finding? {
    guard let node = CrowdedNode.all(of: group).first,
        node.copies(in: group) > (copies.count > 1 ? copies.spare : 1)
    else { return nil }
    let names = listed(node.pods.map(\.name))
    let loss =
        copies.count > 1
        ? "a write with \(copies.count) copies survives the loss of \(copies.spare)"
        : "each series has one copy"
    return Finding(
        "\(names) run on node \(node.name), and \(loss)"
            + (isSingleNode ? "; it is the only node" : ""),
        object: group.reference, at: node.pods.last?.object.spec?["nodeName"]?.range,
        label: "the same node", severity: isSingleNode || copies.count == 1 ? .info : nil,
        evidence: [
            EvidenceItem(
                "cluster",
                "\(node.pods.count) of \(counted(group.wantedPods, "receiver")) run on "
                    + node.name,
                command: view.kubectl("get pods -o wide", namespace: group.reference.namespace))
        ],
        repair: spread.keepsApart
            ? Repair(
                text: "delete one of \(names) once another node has room: the rule that keeps "
                    + "them apart counts only when a pod is scheduled; a claim on a local volume "
                    + "holds it on its node")
            : separation(of: group, view),
        about: node.pods.map(\.reference) + group.services.map(\.reference))
}

/// Receivers that nothing keeps apart, wherever they run.
private func unprotected(
    _ group: ReceiverGroup, _ copies: (count: Int, spare: Int), _ spread: PodSpread,
    _ view: ClusterView
) -> Finding? {
    guard !spread.keepsApart else { return nil }
    // Tools add labels to templates and selectors alike, so that only the result tells.
    if !spread.rules.isEmpty, !view.isWhole { return nil }
    let isApart = view.isCluster && CrowdedNode.all(of: group).isEmpty && !group.pods.isEmpty
    let fault = spread.fault
    let rule = spread.rules.first.map { ($0[fault.field] ?? $0).range }
    return Finding(
        fault.message + (isApart ? ", on which they run by chance now" : ""),
        object: group.reference,
        at: rule ?? group.workload.template.key("spec")?.range ?? group.workload.object.range,
        label: fault.label,
        severity: isApart || copies.count == 1 ? .info : nil, confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource,
                fault.evidence,
                command: view.commandShowing(group.reference))
        ],
        repair: separation(of: group, view), about: group.services.map(\.reference))
}

/// A preferred anti-affinity, which never keeps a pod from being scheduled.
private func separation(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
    let text = "add a preferred podAntiAffinity to the pods' own labels on kubernetes.io/hostname"
    let stated = group.workload.object.spec?["selector"]?["matchLabels"].stringMap ?? [:]
    let labels = stated.isEmpty ? group.workload.podLabels : stated
    guard let spec = group.workload.podSpec?.node, spec["affinity"] == nil, !labels.isEmpty else {
        return Repair(text: text)
    }
    let lines =
        [
            "affinity:", "  podAntiAffinity:",
            "    preferredDuringSchedulingIgnoredDuringExecution:", "      - weight: 100",
            "        podAffinityTerm:", "          topologyKey: kubernetes.io/hostname",
            "          labelSelector:", "            matchLabels:",
        ] + labels.sorted { $0.key < $1.key }.map { "              \($0.key): \"\($0.value)\"" }
    return Repair(edits: [.inserting(lines, atTopOf: spec)], text: text)
}

extension PodSpread {
    /// Why the rules, if any, keep nothing apart.
    fileprivate var fault: (message: String, label: String, field: String, evidence: String) {
        guard let rule = rules.first else {
            return (
                "nothing keeps its \(replicas) pods on different nodes", "no anti-affinity", "",
                "the template has neither podAntiAffinity nor topologySpreadConstraints"
            )
        }
        guard selectsOwnPods else {
            return (
                "its rules for different nodes select other pods than its own",
                "not the labels of its pods", "labelSelector",
                "no podAntiAffinity or topologySpreadConstraints selects the pods' labels"
            )
        }
        let key = rule["topologyKey"]?.string ?? ""
        return (
            "its rules allow all its \(replicas) pods on one node", "tells no nodes apart",
            "topologyKey", "the rule on \(key) holds with all pods in one place"
        )
    }
}
