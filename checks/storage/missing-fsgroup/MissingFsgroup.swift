import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let missingFsgroup = Check(
        "missing-fsgroup",
        severity: .error,
        stage: .preInstall,
        summary: "Nothing gives the receiver the rights to its TSDB volume",
        why: """
            A new volume belongs to root, and the Thanos image has run as uid 1001 since v0.32.0. \
            Without fsGroup in the pod's securityContext the receiver may not create its \
            TSDB directory, exits with "permission denied", and ends in CrashLoopBackOff.
            """,
        fix: """
            State fsGroup, runAsUser and runAsNonRoot in the securityContext of the pod template, \
            not of the container. A volume that already holds files of another user needs one \
            recursive chown.
            """,
        needs: .receivers, .view,
        references: [
            "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
            "https://github.com/thanos-io/thanos/issues/6107",
        ],
        examples: missingFsgroupExamples
    ) { receivers, view in
        receivers.filter { group in
            // OpenShift states it in the pods.
            let isGiven = group.pods.contains {
                $0.object.spec?["securityContext"]?["fsGroup"] != nil
            }
            return group.lacksVolumeRights && !isGiven && !isStatedElsewhere(group, view)
        }
        .map { finding($0, view) }
    }
}

/// Whether an overlay or a patch among the manifests states it.
private func isStatedElsewhere(_ group: ReceiverGroup, _ view: ClusterView) -> Bool {
    view.otherManifests(of: group.workload).contains {
        $0.podSpec?.securityContext?["fsGroup"] != nil
    }
}

private func finding(_ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    let misplaced = group.container.securityContext?.key("fsGroup")
    let context = group.workload.podSpec?.node.key("securityContext")
    let path = group.flags.tsdbPath
    let (message, severity, confidence) = judgement(of: group, isMisplaced: misplaced != nil)
    let mount = group.tsdbMount.map { Place($0.path.range, "the TSDB lies on this volume") }
    return Finding(
        message, object: group.reference,
        at: (misplaced ?? context ?? group.workload.template.key("spec"))?.range
            ?? group.workload.object.range,
        label: misplaced == nil ? "no fsGroup here" : "Kubernetes does not know it here",
        severity: severity, confidence: confidence, alsoAt: mount.map { [$0] } ?? [],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "the TSDB \(path) lies on volume \(group.tsdbMount?.volume ?? ""), and "
                    + "spec.template.spec.securityContext has no fsGroup",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) "
                        + "-o jsonpath='{.spec.template.spec.securityContext}'",
                    namespace: group.reference.namespace))
        ],
        repair: repair(of: group, view), about: group.pods.map(\.reference))
}

/// What is said of a group, and how sure that is.
private func judgement(
    of group: ReceiverGroup, isMisplaced: Bool
) -> (String, Severity?, Confidence) {
    let volume = group.tsdbMount?.volume ?? ""
    let fault =
        isMisplaced
        ? "fsGroup stands at the container, where Kubernetes does not know it"
        : "the pod has no fsGroup"
    let message = "\(fault), and its TSDB lies on the volume \"\(volume)\""
    if group.pods.contains(where: \.isReady) {
        return (
            "\(message); the pods run now: the volume was probably prepared by hand",
            .warning, .likely
        )
    }
    guard group.runsAsRoot == nil else { return (message, nil, .certain) }
    return (
        "\(message); the image's version is not stated: before v0.32.0 it ran as root",
        .info, .possible
    )
}

private func repair(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
    let lines = group.missingRights.map { "\($0.field): \($0.value)" }
    // Where pods run, another user may not be able to read what they have written.
    guard !group.pods.contains(where: \.isReady) else {
        return Repair(
            text:
                "add fsGroup to the pod's securityContext, the group with which the receivers run, "
                + "and leave their user as it is")
    }
    return Repair(
        edits: [edit(of: group, adding: lines)],
        command: group.patchOfRights.map { view.kubectlPatch(group.reference, $0) },
        text: group.changingTemplate(
            "add to the pod's securityContext: \(lines.joined(separator: ", "))"))
}

private func edit(of group: ReceiverGroup, adding lines: [String]) -> TextEdit? {
    guard let spec = group.workload.podSpec?.node else { return nil }
    guard let context = group.podSecurityContext else {
        return .inserting(["securityContext:"] + lines.map { "  \($0)" }, atTopOf: spec)
    }
    guard context.isFlow, context.count == 0, !spec.isFlow else {
        return .inserting(lines, atTopOf: context)
    }
    return .replacing(context, with: "{\(lines.joined(separator: ", "))}")
}
