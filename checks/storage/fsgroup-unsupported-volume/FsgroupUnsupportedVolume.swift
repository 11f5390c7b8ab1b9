import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let fsgroupUnsupportedVolume = Check(
        "fsgroup-unsupported-volume",
        severity: .error,
        summary: "The volume of the TSDB is of a type that ignores fsGroup",
        why: """
            Kubernetes hands a volume to the group of a pod only where the volume's type allows \
            it: on a hostPath, on NFS and with CSI drivers that refuse it fsGroup changes nothing, \
            and the receiver is denied its own TSDB. On NFS a TSDB is not supported at all.
            """,
        fix: """
            Give the directory to the user of the process once, with an init container that runs \
            chown as root, or in the export's settings. Better, put the TSDB on a block volume or \
            on a local volume, which take fsGroup.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .optional(.objects(.claims)),
        .optional(.objects(.volumes)), .optional(.objects(.storageClasses)),
        .optional(.objects(.csiDrivers)), .optional(.objects(.events)), .view,
        references: [
            "https://github.com/rancher/local-path-provisioner/issues/41",
            "https://github.com/kubernetes/examples/issues/260",
            "https://kubernetes-csi.github.io/docs/support-fsgroup.html",
            "https://prometheus.io/docs/prometheus/latest/storage/",
        ],
        examples: fsgroupUnsupportedVolumeExamples
    ) { receivers, logged, claims, volumes, classes, drivers, events, view in
        let storage = VolumeTypes(
            claims: claims ?? [], volumes: volumes ?? [], classes: classes ?? [],
            drivers: drivers ?? [])
        return receivers.filter { $0.flags.mode.stores && !$0.isPatch }.compactMap { group in
            let running = logged?.of(group.reference)
            return refused(running, storage, view) ?? unowned(running, events ?? [], view)
                ?? planned(group, storage, view)
        }
    }
}

/// A receiver that is denied its TSDB, on a volume where fsGroup cannot help.
private func refused(
    _ running: RunningGroup?, _ storage: VolumeTypes, _ view: ClusterView
) -> Finding? {
    guard let running else { return nil }
    let group = running.group
    let found = running.tsdbRefusals(view).compactMap { refusal in
        storage.volume(of: group, pod: refusal.pod).map { (refusal, $0) }
    }
    guard let (refusal, volume) = found.first else { return nil }
    return Finding(
        (volume.isNFS
            ? "whom files belong to on \(volume.name) is the server's to say"
            : "fsGroup has no effect on the volume of the TSDB, \(volume.name)")
            + ", and the receiver is denied: \(refusal.error)",
        object: group.reference, at: volume.place, label: "takes no fsGroup",
        evidence: found.map { refusal, volume in
            EvidenceItem(
                "logs", "pod \(refusal.pod.name), on \(volume.name): \(refusal.error)",
                command: refusal.command)
        },
        repair: Repair(
            text: volume.isNFS
                ? "export it with the uid of the process, or chown it on the server, for root "
                    + "may do no more here; better, take a block volume"
                : chown(group)),
        about: found.flatMap { [$0.0.pod.reference] + $0.1.objects })
}

/// A volume whose mount fails because its owner may not be changed.
private func unowned(
    _ running: RunningGroup?, _ events: [KubernetesObject], _ view: ClusterView
) -> Finding? {
    guard let running else { return nil }
    let group = running.group
    let told = running.pods.filter { !$0.isReady }.compactMap { pod in
        events.events(about: pod.object).last { $0.message.contains("applyFSGroup failed") }
            .map { (pod, $0) }
    }
    guard let (_, event) = told.first else { return nil }
    return Finding(
        "the volume refuses the owner that fsGroup asks for: \(event.message.withoutFullStop)",
        object: group.reference, at: (group.fsGroup ?? group.workload.template).range,
        label: "cannot be applied",
        evidence: told.map { pod, event in
            EvidenceItem(
                "cluster", "pod \(pod.name): \(event.reason): \(event.message)",
                command: view.kubectl("describe pod \(pod.name)", namespace: pod.namespace))
        },
        repair: Repair(
            text: "take fsGroup out of the pod's securityContext and export the volume with the "
                + "uid of the process"),
        about: told.map(\.0.reference))
}

/// A volume that will make trouble, or makes it unseen.
private func planned(
    _ group: ReceiverGroup, _ storage: VolumeTypes, _ view: ClusterView
) -> Finding? {
    guard let volume = storage.volume(of: group, pod: group.pods.first),
        volume.isNFS
            || volume.isMadeByRoot && group.runsAsRoot == false && !group.preparesVolume
                && !group.pods.contains(where: \.isReady)
    else { return nil }
    return Finding(
        volume.isNFS
            ? "the TSDB lies on \(volume.name): its owner is the server's to say, and a TSDB is "
                + "not supported there"
            : "the TSDB lies on \(volume.name), which belongs to root when the kubelet makes it, "
                + "and fsGroup has no effect there",
        object: group.reference, at: volume.place, label: "takes no fsGroup",
        severity: .warning, confidence: volume.isNFS ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "the TSDB lies on \(volume.name)",
                command: view.kubectl(
                    "get pvc,pv -o wide", namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: volume.isNFS ? "put the TSDB on a block volume or a local one" : chown(group)),
        about: group.pods.map(\.reference) + volume.objects)
}

private func chown(_ group: ReceiverGroup) -> String {
    // The image's own user changes with its release, so that the user is stated as well.
    let user = group.runAsUser ?? group.tsdbOwner
    return (group.runAsUser == nil ? "state runAsUser: \(user), and " : "")
        + "add an init container with runAsUser: 0 and runAsNonRoot: false: chown -R "
        + "\(user):\(group.tsdbOwner) \(group.tsdbMount?.path.value ?? group.flags.tsdbPath)"
}
