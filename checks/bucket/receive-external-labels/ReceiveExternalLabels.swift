import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let receiveExternalLabels = Check(
        "receive-external-labels",
        severity: .critical,
        stage: .preInstall,
        summary: "Receivers have no external labels, or all replicas have the same",
        why: """
            Without a --label a receiver exits at its start. With the same labels on every replica \
            it runs, but the blocks of different receivers look like one: the Compactor halts on \
            their overlap, and Query cannot tell copies apart to merge them.
            """,
        fix: """
            Give every replica a label of its own, made of the pod's name, and a common one for \
            the cluster: --label=receive_replica="$(POD_NAME)" with POD_NAME from the field \
            metadata.name. Tell Query and Compactor the name of the first.
            """,
        needs: .receivers, .optional(.queries), .allViews, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#external-labels",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: receiveExternalLabelsExamples
    ) { receivers, queries, views, view in
        receivers.flatMap { group -> [Finding] in
            guard !group.isPatch, !isLabelledElsewhere(group, view) else { return [] }
            if !group.flags.isGiven("--label") { return [unlabelled(group, view)] }
            let shared = TwinLabels(group, among: views, queries ?? [], view)
            return shared.map { [finding($0, group, view)] } ?? []
        }
    }
}

/// Whether another manifest of the same workload brings arguments of its own.
private func isLabelledElsewhere(_ group: ReceiverGroup, _ view: ClusterView) -> Bool {
    view.otherManifests(of: group.workload).contains { other in
        other.podSpec?.containers.contains { container in
            container.arguments.contains { $0.value.hasPrefix("--label") }
        } ?? false
    }
}

private func unlabelled(_ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    // What runs has labels from somewhere: an environment of its own, a wrapper.
    let runs = group.pods.contains(where: \.isReady)
    let name = group.container.node["name"] ?? group.container.node
    return Finding(
        "no --label is given, and without external labels a receiver exits at its start",
        object: group.reference, at: name.range, label: "no --label among its arguments",
        severity: runs ? .warning : nil, confidence: runs ? .likely : .certain,
        evidence: [shown("no --label is given", group, view)],
        repair: Repair(text: advice(group)), about: group.pods.map(\.reference))
}

private func finding(_ twins: TwinLabels, _ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    let range = group.flags.isGiven("--label") ? group.range(ofFlag: "--label") : nil
    return Finding(
        twins.message, object: group.reference, at: range,
        label: "the same for every pod", severity: twins.severity,
        confidence: twins.severity < .error ? .likely : .certain,
        evidence: [twins.evidence ?? shown(twins.message, group, view)],
        repair: Repair(text: advice(group)), about: twins.others)
}

private func advice(_ group: ReceiverGroup) -> String {
    let known = group.variable(of: "metadata.name")
    return "add --label=receive_replica=\"$(\(known ?? "POD_NAME"))\""
        + (known == nil ? ", and POD_NAME to env from metadata.name" : "")
}

private func shown(_ what: String, _ group: ReceiverGroup, _ view: ClusterView) -> EvidenceItem {
    EvidenceItem(
        view.isCluster ? "cluster" : "manifest", what,
        command: view.kubectl(
            "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
            namespace: group.reference.namespace))
}
