import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let podStartBlocked = Check(
        "pod-start-blocked",
        severity: .error,
        stage: .preRollout,
        summary: "A receiver pod cannot start",
        why: """
            A pod that waits for a node, a volume, an image or a ConfigMap runs nothing, and logs \
            nothing either: only its status and its events say why. A StatefulSet makes \
            no further pod until it is ready.
            """,
        fix: """
            Create what the message names, in the namespace of the pod and under that very key; \
            correct the image; give the claim a StorageClass that exists; or make room on a node \
            that the affinity rules allow.
            """,
        needs: .receivers, .ifConfigured(.receiverPods), .optional(.objects(.events)),
        .optional(.objects(.claims)), .optional(.objects(.storageClasses)), .now, .view,
        references: [
            "https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/",
            "https://kubernetes.io/docs/concepts/storage/persistent-volumes/",
        ],
        examples: podStartBlockedExamples
    ) { receivers, running, events, claims, classes, now, view in
        guard let running else {
            return view.isCluster ? [] : receivers.flatMap { absentObjects(of: $0, view) }
        }
        let surroundings = Surroundings(
            events: events ?? [], claims: claims, classes: classes, now: now)
        return running.flatMap { running in
            [blocked(running, surroundings, view), notCreated(running, surroundings, view)]
                .compactMap(\.self)
        }
    }
}

private func blocked(
    _ running: RunningGroup, _ surroundings: Surroundings, _ view: ClusterView
) -> Finding? {
    let group = running.group
    let pods = running.pods.compactMap { BlockedPod($0, of: group, in: surroundings) }
    guard let first = pods.first(where: { !$0.mayPass }) ?? pods.first else { return nil }
    let mayPass = pods.allSatisfy(\.mayPass)
    return Finding(
        "\(pods.count) of \(counted(group.wantedPods, "receiver pod")) "
            + "\(pods.count == 1 ? "does" : "do") not start: \(first.reason)",
        object: group.reference, at: group.workload.object.range, label: first.pod.name,
        severity: mayPass || group.servesWrites ? .warning : nil,
        confidence: mayPass ? .likely : .certain,
        evidence: pods.map { pod in
            EvidenceItem(
                "cluster", "pod \(pod.pod.name): \(pod.reason)",
                command: view.kubectl(
                    "describe pod \(pod.pod.name)", namespace: group.reference.namespace))
        },
        repair: Repair(
            command: first.crashing.map {
                view.kubectl(
                    "logs \(first.pod.name) -c \($0) --previous --tail=50",
                    namespace: group.reference.namespace)
            },
            text: first.remedy),
        about: pods.flatMap { [$0.pod.reference] + $0.about })
}

/// Pods that the controller may not even create: a quota, a policy, an absent ServiceAccount.
private func notCreated(
    _ running: RunningGroup, _ surroundings: Surroundings, _ view: ClusterView
) -> Finding? {
    let group = running.group
    guard group.workload.object.kind == "StatefulSet",
        running.pods.count < group.workload.replicas
    else { return nil }
    let refusals = surroundings.events.events(about: group.workload.object).filter { event in
        // The event of a pod that exists by now is history.
        event.reason == "FailedCreate"
            && !running.pods.contains { event.message.contains("\($0.name) ") }
    }
    guard let last = refusals.last else { return nil }
    return Finding(
        "receiver pods are not created: \(last.message.withoutFullStop)", object: group.reference,
        at: group.workload.object.range, severity: group.servesWrites ? .warning : nil,
        evidence: [
            EvidenceItem(
                "cluster", "event FailedCreate: \(last.message)",
                command: view.kubectl(
                    "describe statefulset \(group.reference.name)",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: "create what the message names, or change the rule that forbids it"))
}
