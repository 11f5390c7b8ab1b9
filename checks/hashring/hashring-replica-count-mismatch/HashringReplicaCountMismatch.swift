import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let hashringReplicaCountMismatch = Check(
        "hashring-replica-count-mismatch",
        severity: .error,
        summary: "The hashring and the StatefulSet disagree about the number of receivers",
        why: """
            An endpoint without a pod fails every copy that is sent to it: with three copies it \
            uses up the one failure that a write survives. A pod that no hashring names only \
            routes, and an endpoint that is listed twice holds two copies on one disk.
            """,
        fix: """
            Change the hashring together with spec.replicas: list every pod of the StatefulSet once, \
            or let thanos-receive-controller write the hashring.
            """,
        needs: .receiverFiles, .view, .optional(.components),
        .optional(.objects(.autoscalers)), .optional(.objects(.scaledObjects)),
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/observatorium/thanos-receive-controller",
            "https://github.com/thanos-io/thanos/issues/6368",
        ],
        examples: hashringReplicaCountMismatchExamples
    ) { receivers, view, components, autoscalers, scaledObjects in
        let isGenerated = components?.contains { $0.program == .receiveController } ?? false
        let targets = Set(
            ((autoscalers ?? []) + (scaledObjects ?? [])).compactMap {
                $0.spec?["scaleTargetRef"]?["name"]?.string
            })
        let files = RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }
        let isKnown = RingMembership.isWhole(files, of: receivers)
        return RingMembership.all(of: receivers, in: files).flatMap { membership -> [Finding] in
            let group = membership.group
            guard group.isWhole(in: view) else { return [] }
            // A manifest's replicas say little where somebody else sets them.
            let isScaled = !view.isCluster && targets.contains(group.workload.object.name)
            let differing =
                isScaled
                ? []
                : [
                    withoutPod(membership, isGenerated, view),
                    isKnown ? unlisted(membership, view) : nil,
                ]
            return ([repeated(membership, view)] + differing).compactMap(\.self)
        }
    }
}

private func replicas(of group: ReceiverGroup) -> Node? {
    group.workload.object.spec?["replicas"]
}

private func replicaPlace(_ membership: RingMembership) -> Place {
    let group = membership.group
    let node = replicas(of: group)
    return Place(
        node?.range ?? group.workload.object.range,
        node == nil ? "one pod, when replicas is not given" : "so many pods")
}

private func evidence(
    _ membership: RingMembership, _ file: RingFile, _ view: ClusterView
) -> [EvidenceItem] {
    let group = membership.group
    let listed = membership.entries.map(\.member.endpoint.address.value)
    return [
        EvidenceItem(
            view.objectSource, "\(file.title) lists \(listed.joined(separator: ", "))",
            command: file.showing(in: view)),
        EvidenceItem(
            view.objectSource,
            "\(group.reference) has \(counted(membership.ordinals.count, "replica"))",
            command: view.kubectl(
                "get statefulset \(group.reference.name)", namespace: group.reference.namespace)),
    ]
}

private func withoutPod(
    _ membership: RingMembership, _ isGenerated: Bool, _ view: ClusterView
) -> Finding? {
    guard let (file, member) = membership.withoutPod.first else { return nil }
    let group = membership.group
    let isStated =
        view.isCluster || view.isComplete(kind: "StatefulSet")
        || replicas(of: group) != nil
    // The controller follows a change of replicas after a while, by itself.
    let isCertain = isStated && !isGenerated
    let names = Set(membership.withoutPod.map(\.member.ordinal)).sorted().map(group.podName)
    return Finding(
        "the hashring lists \(listed(names)), and StatefulSet "
            + "\(group.reference.name) has only \(counted(membership.ordinals.count, "replica"))",
        object: group.reference, at: file.place(of: member.endpoint.address.range),
        label: "no such pod", severity: isCertain ? nil : .warning,
        confidence: isCertain ? .certain : .likely, alsoAt: [replicaPlace(membership)],
        evidence: evidence(membership, file, view),
        repair: Repair(
            command: file.editing(in: view),
            text: "raise replicas, or take \(listed(names)) out of the hashring"
                + file.effectOfChange),
        about: file.participants)
}

private func unlisted(_ membership: RingMembership, _ view: ClusterView) -> Finding? {
    let names = membership.unlisted
    guard !names.isEmpty, let file = membership.entries.first?.file else { return nil }
    let group = membership.group
    return Finding(
        "no hashring lists \(listed(names)): these receivers store nothing that is routed",
        object: group.reference, at: replicaPlace(membership).range,
        label: "more pods than the hashring lists", severity: .warning,
        confidence: view.isCluster ? .certain : .likely,
        alsoAt: membership.entries.prefix(1).map { file, member in
            Place(file.place(of: member.endpoint.address.range), "the hashring begins here")
        },
        evidence: evidence(membership, file, view),
        repair: Repair(
            command: file.editing(in: view),
            text: "add \(listed(names)) to the hashring, or lower replicas" + file.effectOfChange),
        about: file.participants)
}

private func repeated(_ membership: RingMembership, _ view: ClusterView) -> Finding? {
    guard let (file, member) = membership.repeated.first else { return nil }
    let group = membership.group
    let holdsCopies = file.readers.contains { $0.replicationFactor > 1 }
    let pod = group.podName(member.ordinal)
    return Finding(
        "the hashring lists \(pod) twice"
            + (holdsCopies ? ": two copies of a series may lie on one disk" : ""),
        object: group.reference, at: file.place(of: member.endpoint.address.range),
        label: "\(pod) once more", severity: holdsCopies ? nil : .warning,
        evidence: evidence(membership, file, view),
        repair: Repair(
            command: file.editing(in: view), text: "list every receiver once"),
        about: file.participants)
}
