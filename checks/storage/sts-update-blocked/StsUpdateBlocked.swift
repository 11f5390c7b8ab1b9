import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let stsUpdateBlocked = Check(
        "sts-update-blocked",
        severity: .error,
        stage: .postRollout,
        summary: "A StatefulSet's update is stuck or refused",
        why: """
            A StatefulSet waits until its pods are ready before it replaces one: a pod of the old \
            template that crashes is never replaced by the template that mends it. Other fields \
            than the template cannot be changed at all, and the whole apply is refused.
            """,
        fix: """
            Delete the pod that is stuck: it comes back from the new template, with its volume. For \
            serviceName or podManagementPolicy delete the StatefulSet with --cascade=orphan and \
            apply it again; pods and claims stay. Take back other selectors and claim names.
            """,
        needs: .receiverPods, .ifConfigured(.receiverLogs), .optional(.applications),
        .ifConfigured(.manifestTwin), .now, .view,
        references: [
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
            "https://github.com/kubernetes/kubernetes/issues/67250",
        ],
        examples: stsUpdateBlockedExamples
    ) { running, logged, applications, manifests, now, view in
        (logged ?? running).filter { $0.group.workload.object.kind == "StatefulSet" }.flatMap {
            running in
            let group = running.group
            let refusal =
                immovableChange(of: group, manifests, view)
                ?? refusedApply(of: group, applications ?? [], view)
            return [stuck(running, now: now, view) ?? heldBack(group, view), refusal]
                .compactMap(\.self)
        }
    }
}

/// Pods of an older template that keep the update from going on.
private func stuck(_ running: RunningGroup, now: Double, _ view: ClusterView) -> Finding? {
    let group = running.group
    let spec = group.workload.object.spec
    // Parallel replaces a pod that is not ready, and OnDelete none at all.
    guard spec?["podManagementPolicy"]?.string != "Parallel", !group.isUpdatedByHand else {
        return nil
    }
    let pods = running.runs.filter { run in
        group.isOutdated(run.pod) && !run.pod.isTerminating && run.isStuck(now: now)
    }
    guard let first = pods.first?.pod else { return nil }
    let names = pods.map(\.pod.name).joined(separator: " ")
    return Finding(
        "the update waits for \(first.name), which runs the old template and does not become "
            + "ready: it is never replaced",
        object: group.reference, at: group.workload.object.range,
        label: "OrderedReady waits for ever", severity: group.servesWrites ? .warning : nil,
        evidence: pods.map { run in
            EvidenceItem(
                "cluster",
                "pod \(run.pod.name): revision \(run.pod.revision ?? ""), wanted "
                    + "\(group.workload.updateRevision ?? ""), not ready",
                command: view.kubectl(
                    "get pods -L controller-revision-hash", namespace: group.reference.namespace))
        },
        repair: Repair(
            command: view.kubectl("delete pod \(names)", namespace: group.reference.namespace),
            text: "delete the pod: it comes back from the new template, with its volume"),
        about: pods.map(\.pod.reference))
}

/// Pods of an older template that nothing replaces, because the strategy says so.
private func heldBack(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    // A rollout operator deletes the pods by itself.
    guard group.workload.object.labels["rollout-group"] == nil else { return nil }
    let strategy = group.workload.object.spec?["updateStrategy"]
    let partition = strategy?["rollingUpdate"]?["partition"]
    let held = group.pods.filter { pod in
        group.isOutdated(pod)
            && (group.isUpdatedByHand || (pod.ordinal ?? .max) < (partition?.int ?? 0))
    }
    guard !held.isEmpty, let setting = group.isUpdatedByHand ? strategy?["type"] : partition else {
        return nil
    }
    let names = held.map(\.name).joined(separator: " ")
    let rule =
        group.isUpdatedByHand ? "updateStrategy OnDelete" : "partition: \(partition?.int ?? 0)"
    return Finding(
        "\(rule) keeps \(counted(held.count, "pod")) on an older template: \(names)",
        object: group.reference, at: setting.range, label: "replaces none of them",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                "cluster", "controller-revision-hash of \(names) differs from updateRevision",
                command: view.kubectl(
                    "get pods -L controller-revision-hash", namespace: group.reference.namespace))
        ],
        repair: Repair(
            command: held.first.map {
                view.kubectl("delete pod \($0.name)", namespace: group.reference.namespace)
            },
            text: "delete the pods one by one, or use RollingUpdate without a partition"),
        about: held.map(\.reference))
}

extension ReceiverGroup {
    fileprivate var isUpdatedByHand: Bool {
        workload.object.spec?["updateStrategy"]?["type"]?.string == "OnDelete"
    }

    fileprivate func isOutdated(_ pod: Pod) -> Bool {
        guard let revision = pod.revision, let wanted = workload.updateRevision else {
            return false
        }
        return revision != wanted
    }
}

extension Pod {
    /// The number behind the StatefulSet's name.
    fileprivate var ordinal: Int? { name.split(separator: "-").last.flatMap { Int($0) } }
}
