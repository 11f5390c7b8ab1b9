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
        needs: .ifConfigured(.agents), .pipeline, .workloads, .view,
        references: [
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/"
        ],
        examples: cleanupRemovedNeededExamples
    ) { agents, pipeline, workloads, view in
        (agents ?? []).flatMap { agent in
            agent.neededServices.compactMap { missing($0, agent, workloads, view) }
        } + pipeline.receivers.flatMap { doomedVolumes($0, view) }
    }
}

private func missing(
    _ need: NeededService, _ agent: Agent, _ workloads: [Workload], _ view: ClusterView
) -> Finding? {
    guard view.isComplete(kind: "Service"), isGathered(need.namespace, agent, view) else {
        return nil
    }
    let services = view.pipeline.services.filter { service in
        service.reference.name == need.name
            && (need.namespace == nil || service.namespace == need.namespace)
    }
    let name = (need.namespace.map { "\($0)/" } ?? "") + need.name
    let what: String
    if services.isEmpty {
        what = "the Service \(name) does not exist"
    } else if view.isCluster, services.allSatisfy({ !hasPods($0, workloads, view) }) {
        what = "nothing runs behind the Service \(name)"
    } else {
        return nil
    }
    let namespace = need.namespace ?? agent.reference.namespace
    return Finding(
        "scrape job \(need.job) has lost its target: \(what)",
        object: agent.reference, at: need.range, label: what,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", what,
                command: view.kubectl("get service,pods", namespace: namespace))
        ],
        repair: Repair(text: "apply \(need.name) again, or take job \(need.job) out"),
        about: [ObjectReference(kind: "Service", namespace: namespace, name: need.name)])
}

/// Whether the namespace was looked into at all: something else of it is known.
private func isGathered(_ namespace: String?, _ agent: Agent, _ view: ClusterView) -> Bool {
    guard let namespace, namespace != agent.reference.namespace else {
        return agent.reference.namespace != nil
    }
    return view.pipeline.services.contains { $0.namespace == namespace }
}

private func hasPods(
    _ service: ServiceObject, _ workloads: [Workload], _ view: ClusterView
) -> Bool {
    guard let selector = service.selector, !selector.isEmpty,
        ["Deployment", "DaemonSet", "StatefulSet", "Pod"].allSatisfy(view.isComplete(kind:))
    else { return true }
    return workloads.contains { service.selects($0.podLabels, in: $0.namespace) }
        || view.objects.of(kind: "Pod").contains { service.selects($0.labels, in: $0.namespace) }
}

/// Volumes of a receiver that vanish with it, together with what is not yet in the bucket.
private func doomedVolumes(_ group: ReceiverGroup, _ view: ClusterView) -> [Finding] {
    let policy = group.workload.object.spec?["persistentVolumeClaimRetentionPolicy"]
    guard group.flags.objstoreConfig != nil || group.flags.objstoreConfigFile != nil else {
        return []
    }
    return ["whenDeleted", "whenScaled"].compactMap { field in
        guard let node = policy?[field], node.string == "Delete" else { return nil }
        let patch = "{\"persistentVolumeClaimRetentionPolicy\":{\"\(field)\":\"Retain\"}}"
        let event = field == "whenDeleted" ? "deleted" : "scaled down"
        return Finding(
            "the volumes go when the StatefulSet is \(event), with blocks not yet in the bucket",
            object: group.reference, at: node.range, label: "Retain keeps them",
            severity: .warning,
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest", "\(field): Delete",
                    command: view.kubectl(
                        "get statefulset \(group.reference.name) -o yaml",
                        namespace: group.reference.namespace))
            ],
            repair: Repair(
                edits: [.replacing(node, with: "Retain")],
                command: view.kubectlPatch(group.reference, "{\"spec\":\(patch)}")))
    }
}
