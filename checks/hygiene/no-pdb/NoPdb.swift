import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let noPdb = Check(
        "no-pdb",
        severity: .warning,
        summary: "No PodDisruptionBudget protects the quorum, or one contradicts it",
        why: """
            A drain evicts all pods of a node at once, and the next node follows as soon as they \
            are scheduled again, while receivers still read their WAL. Without a \
            PodDisruptionBudget more receivers may be gone than a write has copies to spare; one \
            that allows nothing, or two for the same pod, make the drain hang.
            """,
        fix: """
            Give the receivers of a ring one PodDisruptionBudget with maxUnavailable: 1 and the \
            labels of their pods. With three copies a write survives exactly one receiver.
            """,
        needs: .receivers, .objects(.disruptionBudgets), .view,
        references: [
            "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
            "https://github.com/thanos-io/kube-thanos",
        ],
        examples: noPdbExamples
    ) { receivers, objects, view in
        let budgets = objects.map { DisruptionBudget($0, in: view) }
        let groups = receivers.filter { $0.replication(in: view) != nil }
        return groups.compactMap {
            absent($0, receivers, budgets, view) ?? several($0, budgets, view)
        }
            + budgets.compactMap { budget in
                let chosen = receivers.filter { $0.flags.mode.stores && budget.selects($0) }
                guard let group = chosen.first else { return nil }
                return contradiction(budget, to: group, receivers.copies(near: group), view)
            }
    }
}

private func absent(
    _ group: ReceiverGroup, _ receivers: [ReceiverGroup], _ budgets: [DisruptionBudget],
    _ view: ClusterView
) -> Finding? {
    guard view.isComplete(kind: "PodDisruptionBudget"),
        !budgets.contains(where: { $0.selects(group) })
    else { return nil }
    let copies = receivers.copies(near: group)
    let strays = budgets.filter { budget in
        budget.workloads.isEmpty && budget.pods == nil && budget.object.name.contains("receive")
            && budget.object.namespace == group.workload.namespace
    }
    return Finding(
        "no PodDisruptionBudget selects its \(group.workload.replicas) pods: a drain may evict "
            + "several at once, and a write with "
            + "\(counted(copies.count, "copy", "copies")) survives the loss of \(copies.spare)",
        object: group.reference, at: group.workload.object.range,
        label: "drained without a limit", severity: copies.count > 1 ? nil : .info,
        alsoAt: strays.map {
            Place(($0.object.spec?["selector"])?.range ?? $0.object.range, "selects no pods")
        },
        evidence: [
            EvidenceItem(
                view.objectSource,
                "\(counted(budgets.count, "PodDisruptionBudget")), none with labels that the pods "
                    + "of \(group.reference.name) have",
                command: view.kubectl(
                    "get poddisruptionbudget", namespace: group.reference.namespace))
        ],
        repair: repair(of: group, view), about: group.services.map(\.reference))
}

private func repair(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
    let stated = group.workload.object.spec?["selector"]?["matchLabels"].stringMap ?? [:]
    let labels = (stated.isEmpty ? group.workload.podLabels : stated).sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    let name = group.reference.name
    return Repair(
        command: labels.isEmpty || !view.isCluster
            ? nil
            : view.kubectl(
                "create poddisruptionbudget \(name) --selector=\(labels) --max-unavailable=1",
                namespace: group.reference.namespace),
        text: "add a PodDisruptionBudget with maxUnavailable: 1"
            + (labels.isEmpty ? "" : " that selects \(labels)"))
}

/// The eviction of a pod that two budgets select is an error of the API.
private func several(
    _ group: ReceiverGroup, _ budgets: [DisruptionBudget], _ view: ClusterView
) -> Finding? {
    let own = budgets.filter { $0.selects(group) }
    let names = Set(own.map(\.object.name)).sorted()
    guard names.count > 1 else { return nil }
    return Finding(
        "the PodDisruptionBudgets \(names.joined(separator: ", ")) select the same pods, and "
            + "Kubernetes evicts none that has more than one",
        object: group.reference, at: (own[0].object.spec?["selector"])?.range,
        label: "selects them", confidence: view.isWhole ? .certain : .likely,
        alsoAt: own.dropFirst().map {
            Place(($0.object.spec?["selector"])?.range ?? $0.object.range, "and so does this one")
        },
        evidence: [
            EvidenceItem(
                view.objectSource, "both match the labels of the pods of \(group.reference.name)",
                command: view.kubectl(
                    "get poddisruptionbudget", namespace: group.reference.namespace))
        ],
        repair: Repair(text: "keep one of \(names.joined(separator: ", "))"),
        about: own.map(\.object.reference) + group.services.map(\.reference))
}
