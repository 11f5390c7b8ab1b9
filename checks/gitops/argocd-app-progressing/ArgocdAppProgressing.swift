import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let argocdAppProgressing = Check(
        "argocd-app-progressing",
        severity: .warning,
        stage: .postRollout,
        summary: "An Application stays Progressing or Degraded because of what it contains",
        why: """
            Argo CD waits for every object of an Application: a LoadBalancer Service or an Ingress \
            without an address keeps it Progressing for ever, and later waves of a sync do not \
            begin. The fault is the object's, not Argo CD's.
            """,
        fix: """
            Mend the object that is not healthy. An Ingress that nobody uses can be removed, or \
            given a health check of its own in argocd-cm.
            """,
        needs: .applications, .pipeline, .cluster, .now,
        references: [
            "https://argo-cd.readthedocs.io/en/stable/operator-manual/health/",
            "https://github.com/argoproj/argo-cd/issues/14607",
        ],
        examples: argocdAppProgressingExamples
    ) { applications, pipeline, view, now in
        applications.compactMap { finding($0, pipeline, view, now) }
    }
}

/// An object that keeps an Application waiting, and why.
private struct Unhealthy {
    let object: ObjectReference
    let reason: String
}

private func finding(
    _ application: ArgoApplication, _ pipeline: Pipeline, _ view: ClusterView, _ now: Double
) -> Finding? {
    guard let health = application.healthStatus, ["Progressing", "Degraded"].contains(health),
        application.deploysHere, !isYoung(application, at: now)
    else { return nil }
    let relevant = Set(parts(of: pipeline))
    let culprits = unhealthy(in: application, view).filter { relevant.contains($0.object) }
    guard !culprits.isEmpty else { return nil }
    let name = application.reference.name
    let list = culprits.map { "\($0.object) \($0.reason)" }.joined(separator: "; ")
    return Finding(
        "Application \(name) stays \(health): \(list)",
        object: application.reference, at: application.object.range, label: "waits for it",
        confidence: .likely,
        alsoAt: culprits.compactMap { culprit in
            view.objects[culprit.object].map { Place($0.range, culprit.reason) }
        },
        evidence: [
            EvidenceItem(
                "cluster", "status.health is \(health): \(list)",
                command: view.kubectl(
                    "get application \(name) -o yaml", namespace: application.reference.namespace))
        ]
            + culprits.map { culprit in
                EvidenceItem(
                    "cluster", "\(culprit.object) \(culprit.reason)",
                    command: view.kubectl(
                        "describe \(culprit.object.kind.lowercased()) \(culprit.object.name)",
                        namespace: culprit.object.namespace))
            },
        repair: Repair(text: "mend \(culprits[0].object); the Application follows"),
        about: culprits.map(\.object))
}

/// The receivers and what stands in front of them.
private func parts(of pipeline: Pipeline) -> [ObjectReference] {
    pipeline.receivers.map(\.reference) + pipeline.receiverServices.map(\.reference)
        + pipeline.receiverIngresses.map(\.reference)
}

/// Whether a rollout may still be under way: the last sync ended less than half an hour ago.
private func isYoung(_ application: ArgoApplication, at now: Double) -> Bool {
    let status = application.object.status
    let times = [
        status?["operationState"]?["finishedAt"], status?["health"]?["lastTransitionTime"],
    ].compactMap { $0?.string.flatMap(Timestamp.seconds(rfc3339:)) }
    guard let newest = times.max() else { return false }
    return now - newest < 1800
}

/// What the Application says of its objects, or what they say themselves: since 3.0 Argo CD does
/// not write their health there.
private func unhealthy(in application: ArgoApplication, _ view: ClusterView) -> [Unhealthy] {
    (application.object.status?["resources"].items ?? []).compactMap { resource in
        guard let kind = resource["kind"]?.string, let name = resource["name"]?.string else {
            return nil
        }
        let reference = ObjectReference(
            kind: kind, namespace: resource["namespace"]?.string, name: name)
        let own = view.objects[reference].flatMap(trouble)
        guard let health = resource["health"]?["status"]?.string else {
            return own.map { Unhealthy(object: reference, reason: $0) }
        }
        guard ["Progressing", "Degraded"].contains(health) else { return nil }
        let said = resource["health"]?["message"]?.string?.withoutFullStop
        return Unhealthy(object: reference, reason: own ?? said ?? "is \(health)")
    }
}

/// Why Argo CD's built-in health checks call an object not healthy (gitops-engine, `pkg/health`).
private func trouble(_ object: KubernetesObject) -> String? {
    switch object.kind {
    case "Service":
        guard let service = ServiceObject(object), service.isLoadBalancer else { return nil }
        return service.assignedAddresses.isEmpty ? "has no external address" : nil
    case "Ingress":
        let given = object.status?["loadBalancer"]?["ingress"].items ?? []
        return given.isEmpty ? "has no address" : nil
    case "StatefulSet":
        let ready = object.status?["readyReplicas"]?.int ?? 0
        let wanted = object.spec?["replicas"]?.int ?? 1
        return ready < wanted ? "has \(ready) of \(wanted) pods ready" : nil
    case _: return nil
    }
}
