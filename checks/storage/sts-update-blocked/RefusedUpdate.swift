import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension ReceiverRun {
    /// Whether the pod cannot become ready by itself: it crashes, cannot start, or has not been
    /// ready for ten minutes without reading its WAL.
    func isStuck(now: Double) -> Bool {
        guard !pod.isReady else { return false }
        if (pod.initContainerStatuses + pod.containerStatuses).contains(where: \.isHeldBack) {
            return true
        }
        // A first replay that takes long is none the shorter after a restart.
        if status?.termination == nil, tellingLogs.last?.endsInReplay == true { return false }
        let since = pod.readiness?["lastTransitionTime"]?.string
            .flatMap(Timestamp.seconds(rfc3339:))
        return since.map { now - $0 > 600 } ?? false
    }
}

/// What the API server said when Argo CD applied the StatefulSet.
func refusedApply(
    of group: ReceiverGroup, _ applications: [ArgoApplication], _ view: ClusterView
) -> Finding? {
    let namespace = group.reference.namespace
    for application in applications
    where application.deploysHere && application.destinationNamespace ?? namespace == namespace {
        guard let message = application.refusal(ofStatefulSet: group.reference.name) else {
            continue
        }
        let name = application.reference.name
        return Finding(
            "the API server refuses what Argo CD applies to \(group.reference): a field has "
                + "changed that cannot be changed",
            object: group.reference, at: application.object.range, label: "its last sync failed",
            evidence: [
                EvidenceItem(
                    "cluster", "Application \(name): \(message.prefix(300))",
                    command: view.kubectl(
                        "get application \(name) -o jsonpath='{.status.operationState.message}'",
                        namespace: application.reference.namespace))
            ],
            // The API server does not say which field it is, and some must not be forced.
            repair: Repair(
                text: "see with `argocd app diff \(name)` which field it is, and take the change "
                    + "back; only for serviceName and podManagementPolicy delete the StatefulSet "
                    + "with --cascade=orphan and sync, and change a claim's size at the claim"),
            about: [application.reference])
    }
    return nil
}

/// A field of a complete render that differs from the live one and cannot be changed.
func immovableChange(
    of group: ReceiverGroup, _ manifests: ClusterView?, _ view: ClusterView
) -> Finding? {
    guard let manifests, manifests.isComplete(kind: "StatefulSet"),
        let wanted = manifests.objects[group.reference]?.spec,
        let live = group.workload.object.spec
    else { return nil }
    let changes = ImmovableChange.all(from: live, to: wanted)
    guard let first = changes.first else { return nil }
    let names = Set(changes.map(\.field)).sorted().joined(separator: ", ")
    return Finding(
        "\(group.reference) differs from its manifest in \(names), which cannot be changed: the "
            + "apply is refused",
        object: group.reference, at: (wanted.key(first.field) ?? wanted).range,
        label: "differs from what runs",
        evidence: [
            EvidenceItem(
                "cluster", "the live object has another \(names)",
                command: view.kubectl(
                    "get statefulset \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: repair(of: changes, to: group, view))
}

private func repair(
    of changes: [ImmovableChange], to group: ReceiverGroup, _ view: ClusterView
) -> Repair {
    let objections = changes.compactMap(\.objection)
    guard objections.isEmpty else {
        return Repair(text: objections.joined(separator: "; "))
    }
    return Repair(
        command: view.kubectl(
            "delete statefulset \(group.reference.name) --cascade=orphan",
            namespace: group.reference.namespace),
        text: "delete the StatefulSet alone and apply it again: pods and claims stay"
            // Their hostname and subdomain are as the pods were made.
            + (changes.contains(.serviceName)
                ? "; then delete the pods one by one, for only new ones get the new names" : "")
            + (changes.contains(.claimSettings)
                ? "; claims that exist keep their size and class: change a size at the claim" : ""))
}
