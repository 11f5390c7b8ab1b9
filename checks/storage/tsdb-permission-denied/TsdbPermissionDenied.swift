import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let tsdbPermissionDenied = Check(
        "tsdb-permission-denied",
        severity: .critical,
        stage: .postRollout,
        summary: "The receiver may not create or open its TSDB directory",
        why: """
            A receiver that cannot write below --tsdb.path exits at once, before it takes a single \
            write. The restart changes nothing, so the pod ends in CrashLoopBackOff.
            """,
        fix: """
            Give the volume to the user of the process: fsGroup in the pod's securityContext for a \
            new volume, one recursive chown for a volume that holds another user's files.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/6107",
            "https://github.com/thanos-io/thanos/issues/8798",
        ],
        examples: tsdbPermissionDeniedExamples
    ) { receivers, running, view in
        if let running { return running.compactMap { liveFinding($0, view) } }
        guard !view.isCluster else { return [] }
        return receivers.compactMap {
            lostAndFound($0, view) ?? Finding(routerOnReadOnlyRoot: $0, view)
        }
    }
}

private func liveFinding(_ running: RunningGroup, _ view: ClusterView) -> Finding? {
    let group = running.group
    let refusals = running.tsdbRefusals(view)
    guard let first = refusals.first else { return nil }
    let pods = counted(refusals.count, "pod")
    return Finding(
        "\(refusals.count) of \(group.wantedPods) receiver pods may not write to the TSDB: "
            + first.error,
        object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
        label: "\(pods) may not write here",
        evidence: refusals.map {
            EvidenceItem("logs", "pod \($0.pod.name): \($0.error)", command: $0.command)
        },
        repair: Repair(
            command: group.lacksVolumeRights && !first.isReadOnly
                ? group.patchOfRights.map { view.kubectlPatch(group.reference, $0) } : nil,
            text: advice(first, group)),
        about: refusals.map(\.pod.reference))
}

private func advice(_ refusal: TSDBRefusal, _ group: ReceiverGroup) -> String {
    if refusal.isReadOnly {
        return "mount a volume over --tsdb.path; an emptyDir is enough for a router"
    }
    if refusal.error.contains("lost+found"), !group.lacksVolumeRights {
        return "deploy v0.42, which leaves lost+found alone; or let --tsdb.path name a directory "
            + "below the mount path, and move the tenants' directories into it"
    }
    guard group.fsGroup != nil else {
        return group.changingTemplate(
            "give the volume to the user of the process with fsGroup, or chown it once")
    }
    let policy = group.podSecurityContext?["fsGroupChangePolicy"]?.string
    return policy == "OnRootMismatch"
        ? "chown the volume once, or leave out fsGroupChangePolicy: OnRootMismatch looks at the "
            + "root alone, and files below it belong to another user"
        : "chown the volume once: fsGroup is stated, and does not reach these files"
}

/// Up to v0.41 a file system's own lost+found, which belongs to root, was opened as a tenant.
private func lostAndFound(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard group.lacksVolumeRights, group.runsAsRoot == false, let mount = group.tsdbMount,
        (group.version ?? Version(0, 41)) < Version(0, 42),
        mount.path.value.cleanPath == group.flags.tsdbPath.cleanPath
    else { return nil }
    let isKnown = group.version != nil
    let release = group.version.map { "\($0)" } ?? "a thanos up to v0.41, as this one may be,"
    return Finding(
        "the TSDB is the root of the volume \"\(mount.volume)\": \(release) opens its lost+found "
            + "as a tenant, and may not",
        object: group.reference, at: mount.path.range, label: "the volume's root",
        severity: isKnown ? .warning : .info, confidence: isKnown ? .likely : .possible,
        evidence: [
            EvidenceItem(
                "manifest", "--tsdb.path is the mount path, and the pod has no fsGroup",
                command: view.kubectl(
                    "exec \(group.reference.name)-0 -- ls -la \(group.flags.tsdbPath)",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: "state fsGroup at the pod, or a --tsdb.path below the mount path"))
}
