import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let replicationFactorMixed = Check(
        "replication-factor-mixed",
        severity: .error,
        summary: "Receivers of one hashring have different replication factors",
        why: """
            A receiver refuses a copy whose number is above its own replication factor: "request \
            replica exceeds receiver replication factor". That ends in 400 at the agent, which then \
            drops the batch for good.
            """,
        fix: """
            Give all receivers of a hashring the same --receive.replication-factor, and change it \
            on all of them in one step. Ingestors without a hashring take every copy and need none.
            """,
        needs: .receiverFiles, .view,
        .ifConfigured(.receiverMetrics("thanos_receive_replication_factor")),
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/4359",
        ],
        examples: replicationFactorMixedExamples
    ) { receivers, view, measured in
        RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }.compactMap { file in
            stated(file, view) ?? running(file, measured ?? [], view)
        }
    }
}

private let flag = "--receive.replication-factor"
private let metric = "thanos_receive_replication_factor"

/// Workloads whose flags differ: one sends more copies than another takes.
private func stated(_ file: RingFile, _ view: ClusterView) -> Finding? {
    let senders = file.readers.filter { $0.isWhole(in: view) }
    guard let sender = senders.max(by: { $0.replicationFactor < $1.replicationFactor }),
        // Routers and ingestors in one do count; an ingestor without a ring takes what comes.
        let member = file.members.first(where: { member in
            member.group.flags.mode == .routerIngestor && member.group.isWhole(in: view)
                && member.group.replicationFactor < sender.replicationFactor
        })
    else { return nil }
    let group = member.group
    return Finding(
        "\(group.reference.name) takes \(counted(group.replicationFactor, "copy", "copies")), and "
            + "\(sender.reference.name) sends it \(sender.replicationFactor)",
        object: group.reference, at: group.range(ofFlag: flag),
        label: "refuses copy \(group.replicationFactor + 1)",
        alsoAt: [Place(sender.range(ofFlag: flag), "sends \(sender.replicationFactor) copies")],
        evidence: [group, sender].map { group in
            EvidenceItem(
                view.objectSource, "\(group.reference): \(flag) is \(group.replicationFactor)",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        },
        repair: Repair(
            text: "set \(flag)=\(sender.replicationFactor) on \(group.reference.name), too"),
        about: file.participants)
}

/// Pods that run with different factors, as while a change is rolled out.
private func running(
    _ file: RingFile, _ measured: ByOwner<MeasuredGroup>, _ view: ClusterView
) -> Finding? {
    let groups = Set(
        file.members.map(\.group).filter { $0.flags.mode == .routerIngestor }.map(\.reference))
    let factors = measured.filter { groups.contains($0.group.reference) }.flatMap { measured in
        measured.pods.compactMap { pod in
            pod.sum(metric).flatMap { Int(exactly: $0) }.map { (pod: pod.pod, factor: $0) }
        }
    }
    guard let least = factors.min(by: { $0.factor < $1.factor }),
        let most = factors.max(by: { $0.factor < $1.factor }), least.factor < most.factor,
        let group = measured.first(where: { groups.contains($0.group.reference) })?.group
    else { return nil }
    return Finding(
        "pod \(least.pod.name) runs with replication factor \(least.factor), and "
            + "\(most.pod.name) with \(most.factor)",
        object: group.reference, at: group.range(ofFlag: flag), label: "not the same on every pod",
        evidence: factors.map { pod, factor in
            EvidenceItem(
                "cluster", "pod \(pod.name): \(metric) is \(factor)",
                command: group.showing(metrics: metric, of: pod, in: view))
        },
        repair: Repair(
            command: view.kubectl(
                "rollout status \(group.reference.kind.lowercased())/\(group.reference.name)",
                namespace: group.reference.namespace),
            text: "let all receivers start again with one factor"),
        about: file.participants + factors.map(\.pod))
}
