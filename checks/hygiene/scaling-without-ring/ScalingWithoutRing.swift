import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let scalingWithoutRing = Check(
        "scaling-without-ring",
        severity: .warning,
        summary: "Receivers are scaled while the hashring stays as it is",
        why: """
            A hashring in a ConfigMap does not follow the replicas: a new receiver stores nothing \
            that is routed, and an endpoint without a pod fails every copy that is sent to it. A \
            receiver that is scaled away leaves the hours that it had not uploaded on its claim.
            """,
        fix: """
            Take a receiver out of the hashring first, wait until its blocks are uploaded, then \
            lower the replicas. Let thanos-receive-controller write a ketama hashring where an \
            autoscaler sets them, and keep the claims when scaling.
            """,
        needs: .receiverFiles, .asFarAsSeen(.objects(.autoscalers)),
        .asFarAsSeen(.objects(.scaledObjects)), .optional(.components),
        .optional(.objects(.claims)),
        .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/observatorium/thanos-receive-controller",
            "https://github.com/observatorium/thanos-receive-controller/issues/107",
        ],
        examples: scalingWithoutRingExamples
    ) { receivers, autoscalers, scaledObjects, components, claims, view in
        let scalers = ((autoscalers ?? []) + (scaledObjects ?? [])).map(ReceiverScaler.init)
        let isGenerated = components?.contains { $0.program == .receiveController } ?? false
        let rings = RingFile.all(of: receivers)
        let files = rings.filter { !isGenerated && !$0.isWritten(in: view) }
        return receivers.flatMap { group -> [Finding] in
            guard group.flags.mode.stores else { return [] }
            let file = files.first { file in
                file.members.contains { $0.group.reference == group.reference }
            }
            let scaler = scalers.first { $0.scales(group.workload) }
            return [
                file.flatMap { file in scaler.map { scaled(group, $0, file, view) } },
                losing(group, view),
                // One that a hashring lists still is missing there first of all.
                abandoned(group, claims ?? [], listed: ordinals(of: group, in: rings), view),
            ].compactMap(\.self)
        }
    }
}

private func ordinals(of group: ReceiverGroup, in files: [RingFile]) -> Set<Int> {
    let members = files.flatMap(\.members).filter { $0.group.reference == group.reference }
    return Set(members.map(\.ordinal))
}

extension RingFile {
    /// Whether a program owns the ConfigMap, which then may follow the replicas.
    fileprivate func isWritten(in view: ClusterView) -> Bool {
        configMap.flatMap { view.objects[$0]?.controller } != nil
    }
}

private func scaled(
    _ group: ReceiverGroup, _ scaler: ReceiverScaler, _ file: RingFile, _ view: ClusterView
) -> Finding {
    let object = scaler.object.reference
    let listed = file.members.filter { $0.group.reference == group.reference }
    return Finding(
        "the \(object.kind) \(object.name) sets \(scaler.least) to \(scaler.most) replicas, "
            + "and \(file.title) lists \(counted(listed.count, "receiver")) that nobody changes",
        object: group.reference, at: (scaler.place ?? scaler.object.node).range,
        label: "scales the receivers", confidence: .likely,
        alsoAt: listed.prefix(1).map {
            Place(file.place(of: $0.endpoint.address.range), "the hashring stays as it is")
        },
        evidence: [
            EvidenceItem(
                view.objectSource, "\(object) scales \(group.reference)",
                command: view.commandShowing(object)),
            EvidenceItem(
                view.objectSource, "\(file.title) lists \(counted(listed.count, "receiver"))",
                command: file.showing(in: view)),
        ],
        repair: Repair(
            text: "take \(object) away, or let thanos-receive-controller write the hashring, with "
                + "ketama"),
        about: file.participants + [object])
}

/// A StatefulSet that deletes the claim of a receiver that is scaled away.
private func losing(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let policy = group.workload.object.spec?["persistentVolumeClaimRetentionPolicy"]?["whenScaled"]
    guard let policy, policy.string == "Delete", let template = group.claimTemplateOfTSDB else {
        return nil
    }
    let patch = "{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":{\"whenScaled\":\"Retain\"}}}"
    return Finding(
        "whenScaled: Delete deletes claim \(template) of a receiver that is scaled away, with what "
            + "it has not uploaded",
        object: group.reference, at: policy.range, label: "deletes the TSDB", confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource,
                "the TSDB lies on claims of template \(template), which are deleted when scaling",
                command: view.commandShowing(group.reference))
        ],
        repair: Repair(
            edits: [.replacing(policy, with: "Retain")],
            command: view.isCluster ? view.kubectlPatch(group.reference, patch) : nil,
            text: "state whenScaled: Retain"),
        about: group.services.map(\.reference))
}

/// Claims that a scale-down left behind.
private func abandoned(
    _ group: ReceiverGroup, _ claims: [KubernetesObject], listed inRing: Set<Int>,
    _ view: ClusterView
) -> Finding? {
    let left = group.abandonedClaims(among: claims, listed: inRing)
    guard view.isCluster, let first = left.first else { return nil }
    let names = listed(left.map(\.name))
    return Finding(
        "\(names) belonged to receivers that "
            + "are scaled away: what they had not uploaded is there only",
        object: group.reference, at: first.range, label: "no receiver has it", severity: .info,
        confidence: .possible,
        evidence: [
            EvidenceItem(
                "cluster",
                "\(counted(left.count, "claim")) beyond the "
                    + "\(counted(group.workload.replicas, "replica")) of \(group.reference.name)",
                command: view.kubectl(
                    "get persistentvolumeclaims", namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: "scale up again until their blocks are uploaded, or delete the claims when the "
                + "bucket holds that time"),
        about: left.map(\.reference) + group.services.map(\.reference))
}
