import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let gitopsLiveDrift = Check(
        "gitops-live-drift",
        severity: .warning,
        stage: .postRollout,
        summary: "What runs differs from what Git says",
        why: """
            A repair that was only committed has not arrived yet, and one that was only applied by \
            hand is reverted by the next sync: either way the fault stays or comes back.
            """,
        fix: """
            Commit what was changed by hand or let Argo CD apply what was committed, then see that \
            the pods were made from the newest revision.
            """,
        needs: .receiverPods, .view, .optional(.applications), .ifConfigured(.manifestTwin),
        references: [
            "https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/",
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
        ],
        examples: gitopsLiveDriftExamples
    ) { running, view, applications, manifests in
        let receivers = running.map(\.group)
        return (applications ?? []).compactMap { outOfSync($0, receivers, view) }
            + receivers.compactMap { outdatedPods($0, view) }
            + receivers.compactMap { changed($0, manifests, view) }
    }
}

/// An application of this cluster that differs from Git in what the receivers consist of.
private func outOfSync(
    _ application: ArgoApplication, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    guard application.syncStatus == "OutOfSync", application.deploysHere else { return nil }
    let parts = Set(receivers.flatMap(\.parts))
    // What cannot be applied is another fault, which says why: sts-update-blocked.
    let differing = application.outOfSync.filter { part in
        parts.contains(part)
            && (part.kind != "StatefulSet" || application.refusal(ofStatefulSet: part.name) == nil)
    }
    guard !differing.isEmpty else { return nil }
    // The defaults of volumeClaimTemplates alone make a StatefulSet differ for ever.
    let isNoise = differing.allSatisfy { $0.kind == "StatefulSet" }
    let names = differing.map(\.description).joined(separator: ", ")
    let name = application.reference.name
    return Finding(
        "Application \(name) is OutOfSync: \(names)",
        object: application.reference, at: application.object.range,
        confidence: isNoise ? .possible : .likely,
        evidence: [
            EvidenceItem(
                "cluster", "status.resources: \(names) OutOfSync",
                command: view.kubectl(
                    "get application \(name) -o yaml", namespace: application.reference.namespace))
        ],
        repair: Repair(command: "argocd app diff \(name)"), about: differing)
}

extension ReceiverGroup {
    /// The objects of which a group consists.
    fileprivate var parts: [ObjectReference] {
        var parts = [reference] + services.map(\.reference)
        if case .configured(_, from: .configMap(let map, key: _)) = hashring { parts.append(map) }
        return parts
    }
}

/// Pods of another revision, with nothing under way that would replace them.
private func outdatedPods(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let object = group.workload.object
    guard object.kind == "StatefulSet", let wanted = group.workload.updateRevision else {
        return nil
    }
    let old = group.pods.filter { pod in pod.revision.map { $0 != wanted } ?? false }
    let strategy = object.spec?["updateStrategy"]
    // A partition and OnDelete keep pods of the old revision on purpose: sts-update-blocked.
    guard !old.isEmpty, (strategy?["rollingUpdate"]?["partition"]?.int ?? 0) == 0,
        strategy?["type"]?.string != "OnDelete"
    else { return nil }
    let isUnderWay = object.status?["currentRevision"]?.string != wanted
    let stuck = old.filter { pod in
        pod.containerStatuses.contains { $0.waitingReason == "CrashLoopBackOff" }
    }
    // A pod that starts or ends may be the controller's work; another beside it is too many.
    let isCalm = group.pods.allSatisfy { $0.isReady && !$0.isTerminating }
    guard !isUnderWay && isCalm || !stuck.isEmpty, let first = (stuck + old).first else {
        return nil
    }
    let names = listed(old.map(\.name))
    return Finding(
        "\(counted(old.count, "pod")) of another revision than \(wanted): \(names)",
        object: group.reference, at: object.range, confidence: .likely,
        evidence: [
            EvidenceItem(
                "cluster", "controller-revision-hash differs from status.updateRevision",
                command: view.kubectl(
                    "get pods -L controller-revision-hash", namespace: group.reference.namespace))
        ],
        // One at a time: the others hold the quorum meanwhile.
        repair: Repair(
            command: view.kubectl(
                "delete pod \(first.name)", namespace: group.reference.namespace),
            text: "replace one pod after the other, each when the one before is Ready"),
        about: old.map(\.reference))
}

/// A receiver that runs otherwise than the manifest of the same name says.
private func changed(
    _ group: ReceiverGroup, _ manifests: ClusterView?, _ view: ClusterView
) -> Finding? {
    let twins = (manifests?.pipeline.receivers ?? []).filter { $0.reference == group.reference }
    // Several manifests of one name are a base and its overlays, none of them the whole truth.
    guard let manifests, twins.count == 1, let twin = twins.first else { return nil }
    let fields = group.fieldsThatDiffer(from: twin)
    guard !fields.isEmpty else { return nil }
    let isRendered = manifests.isComplete(kind: group.reference.kind)
    let names = fields.joined(separator: ", ")
    return Finding(
        "\(group.reference) differs from its manifest: \(names)",
        object: group.reference, at: twin.workload.object.range, label: "differs: \(names)",
        severity: isRendered ? nil : .info, confidence: isRendered ? .likely : .possible,
        evidence: [
            EvidenceItem(
                "cluster", "the live object has other \(names)",
                command: view.kubectl(comparison(with: twin.workload.object.range.source.name)))
        ],
        repair: Repair(
            text: "commit what was changed by hand, or let Argo CD apply what was committed"))
}

/// What compares with a file, or with what a tool made of a folder and that is named after both.
private func comparison(with source: String) -> String {
    let tools = ["kubectl kustomize ", "kustomize build "]
    guard let tool = tools.first(where: source.hasPrefix) else { return "diff -f \(source)" }
    return "diff -k \(source.dropFirst(tool.count))"
}
