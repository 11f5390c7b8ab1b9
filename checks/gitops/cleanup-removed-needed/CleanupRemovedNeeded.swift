import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let cleanupRemovedNeeded = Check(
        "cleanup-removed-needed",
        severity: .error,
        summary: "Something that the pipeline needs was removed, or will be",
        why: """
            The agent collects what kube-state-metrics and node-exporter show, and a receiver's \
            volume holds what is not yet uploaded. A clean-up that takes them empties dashboards.
            """,
        fix: """
            Bring back what the agent scrapes, or take the job out of its configuration. Let a \
            receiver's volumes outlive it: persistentVolumeClaimRetentionPolicy Retain.
            """,
        needs: .ifConfigured(.agents), .pipeline, .workloads, .optional(.objects(.nodes)),
        .view,
        references: [
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/"
        ],
        examples: cleanupRemovedNeededExamples
    ) { agents, pipeline, workloads, _, view in
        lostTargets(of: agents ?? [], workloads, view)
            + pipeline.receivers.flatMap { doomedVolumes($0, view) }
    }
}

private func lostTargets(
    of agents: [Agent], _ workloads: [Workload], _ view: ClusterView
) -> [Finding] {
    let needs = agents.flatMap { agent in agent.neededServices.map { (agent, $0) } }
    let absences = ServiceAbsences(of: needs.map(\.1), workloads, view)
    return needs.compactMap { agent, need in
        absences.what(of: need, for: agent).map { lost(need, agent, $0, view) }
    }
}

private func lost(
    _ need: NeededService, _ agent: Agent, _ absence: Absence, _ view: ClusterView
) -> Finding {
    let what = absence.what
    // A render is one application's; another one may bring the Service.
    let isProven = view.isCluster && !absence.mayPass
    let namespace = need.namespace ?? agent.reference.namespace
    return Finding(
        "scrape job \(need.job) has lost its target: \(what)",
        object: agent.reference, at: need.range, label: what,
        severity: isProven ? nil : .warning, confidence: isProven ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", what,
                command: view.kubectl("get service,pods", namespace: namespace))
        ],
        repair: Repair(
            text: absence.mayPass
                ? "see why the pods of \(need.name) are not ready"
                : "apply \(need.name) again, or take job \(need.job) out"),
        about: [ObjectReference(kind: "Service", namespace: namespace, name: need.name)])
}

/// Volumes of a receiver that vanish with it, together with what is not yet in the bucket.
private func doomedVolumes(_ group: ReceiverGroup, _ view: ClusterView) -> [Finding] {
    let policy = group.workload.object.spec?["persistentVolumeClaimRetentionPolicy"]
    guard group.flags.objstoreConfig != nil || group.flags.objstoreConfigFile != nil else {
        return []
    }
    // What scaling takes away is scaling-without-ring's.
    guard let node = policy?["whenDeleted"], node.string == "Delete" else { return [] }
    let patch = "{\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"Retain\"}}"
    return [
        Finding(
            "the volumes go when the StatefulSet is deleted, with blocks not yet in the bucket",
            object: group.reference, at: node.range, label: "Retain keeps them",
            severity: .warning,
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest", "whenDeleted: Delete",
                    command: view.kubectl(
                        "get statefulset \(group.reference.name) -o yaml",
                        namespace: group.reference.namespace))
            ],
            repair: Repair(
                edits: [.replacing(node, with: "Retain")],
                command: view.kubectlPatch(group.reference, "{\"spec\":\(patch)}")))
    ]
}
