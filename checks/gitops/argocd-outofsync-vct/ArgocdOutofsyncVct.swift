import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let argocdOutofsyncVct = Check(
        "argocd-outofsync-vct",
        severity: .info,
        stage: .postRollout,
        summary: "An Application is OutOfSync for ever over fields that the API server fills in",
        why: """
            The API server writes apiVersion, kind and status into volumeClaimTemplates. Compared \
            with a manifest that lacks them, the StatefulSet is OutOfSync after every sync, and \
            nobody looks any more when it really differs.
            """,
        fix: """
            Write apiVersion: v1 and kind: PersistentVolumeClaim into each claim template, or let \
            Argo CD compare on the server (ServerSideDiff) or ignore these fields.
            """,
        needs: .applications, .receivers, .view,
        references: [
            "https://github.com/argoproj/argo-cd/issues/11143",
            "https://argo-cd.readthedocs.io/en/stable/user-guide/diff-strategies/",
        ],
        examples: argocdOutofsyncVctExamples
    ) { applications, receivers, view in
        applications.flatMap { application in
            view.isCluster
                ? [noise(application, receivers, view)].compactMap(\.self)
                : bareTemplates(of: application, receivers, view)
        }
    }
}

/// An Application of which nothing differs but StatefulSets with claim templates.
private func noise(
    _ application: ArgoApplication, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    let differing = application.outOfSync
    let sets = receivers.filter { group in
        differing.contains(group.reference) && !group.workload.claimTemplates.isEmpty
    }
    guard application.syncStatus == "OutOfSync", application.deploysHere, !differing.isEmpty,
        sets.count == differing.count
    else { return nil }
    let name = application.reference.name
    let list = differing.map(\.description).joined(separator: ", ")
    return Finding(
        "all that differs of Application \(name) is \(list), perhaps only by its claim templates",
        object: application.reference, at: application.object.range, confidence: .possible,
        evidence: [
            EvidenceItem(
                "cluster", "status.resources: \(list) OutOfSync, and nothing else",
                command: view.kubectl(
                    "get application \(name) -o yaml", namespace: application.reference.namespace))
        ],
        repair: Repair(
            command: "argocd app diff \(name)",
            text: "if it shows nothing but apiVersion, kind and status of volumeClaimTemplates, "
                + "write the first two into the manifest"),
        about: differing)
}

/// Claim templates that differ from what the API server makes of them, where Argo CD applies on the
/// server and compares by itself.
private func bareTemplates(
    of application: ArgoApplication, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> [Finding] {
    guard application.isAffected else { return [] }
    return receivers.compactMap { group in
        guard group.workload.namespace == application.destinationNamespace else { return nil }
        let templates = (group.workload.object.spec?["volumeClaimTemplates"].items ?? []).filter {
            $0["kind"] == nil || $0["apiVersion"] == nil
        }
        guard let first = templates.first else { return nil }
        let name = first["metadata"]?["name"]?.string ?? ""
        return Finding(
            "claim template \(name) lacks apiVersion or kind: \(application.reference.name) will "
                + "be OutOfSync for ever",
            object: group.reference, at: (first["metadata"] ?? first).range,
            label: "without apiVersion and kind", confidence: .likely,
            evidence: [
                EvidenceItem(
                    "manifest", "\(application.reference) has ServerSideApply=true",
                    command: "argocd app diff \(application.reference.name)")
            ],
            repair: Repair(
                text: "add apiVersion: v1 and kind: PersistentVolumeClaim to the claim template"),
            about: [application.reference])
    }
}

extension ArgoApplication {
    /// Whether it applies on the server, and neither compares there nor ignores differences.
    fileprivate var isAffected: Bool {
        let options = object.spec?["syncPolicy"]?["syncOptions"].markedStrings.map(\.value) ?? []
        let ignored = object.spec?["ignoreDifferences"].items ?? []
        let comparing = object.annotations["argocd.argoproj.io/compare-options"] ?? ""
        return options.contains("ServerSideApply=true")
            && !comparing.contains("ServerSideDiff=true")
            && !ignored.contains { ["StatefulSet", "*"].contains($0["kind"]?.string) }
    }
}
