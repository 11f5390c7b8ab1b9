import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What the cluster knows around pods that do not start.
struct Surroundings {
    let events: [KubernetesObject]
    /// Nil when they could not be listed.
    let claims: [KubernetesObject]?
    let classes: [KubernetesObject]?
    let now: Double
}

/// A pod that runs nothing, and why.
struct BlockedPod {
    let pod: Pod
    let reason: String
    let remedy: String
    /// Whether it is so young that the cluster may still see to it.
    let mayPass: Bool
    private(set) var about: [ObjectReference] = []
    /// The init container whose log says more.
    private(set) var crashing: String?

    init?(_ pod: Pod, of group: ReceiverGroup, in surroundings: Surroundings) {
        guard !pod.isReady, !pod.isTerminating, pod.phase != "Failed", pod.phase != "Succeeded"
        else { return nil }
        self.pod = pod
        let born = pod.object.creationTimestamp ?? pod.startTime
        let age = born.flatMap(Timestamp.seconds(rfc3339:)).map { surroundings.now - $0 }
        if let message = pod.unschedulable {
            let claim = PendingClaim(of: pod, group, in: surroundings)
            reason = message + (claim.map { "; \($0.reason)" } ?? "")
            remedy = claim?.remedy ?? "make room on a node, or relax the rules that exclude nodes"
            mayPass = age.map { $0 < 120 } ?? false || pod.awaitsNode(in: surroundings.events)
            about = claim.map { [$0.claim] } ?? []
        } else if let waiting = pod.refusedContainer {
            reason = waiting.text
            remedy = waiting.remedy
            mayPass = waiting.reason == "ErrImagePull" && (age.map { $0 < 60 } ?? false)
            about = waiting.missingObject(in: pod.namespace).map { [$0] } ?? []
        } else if let prior = pod.crashingInitContainer {
            let code = prior.termination?.exitCode.map { " with exit code \($0)" } ?? ""
            reason =
                "init container \(prior.name) ends\(code) at every start, "
                + counted(prior.restartCount, "restart")
            remedy = "mend what the log of that container says"
            mayPass = false
            crashing = prior.name
        } else if pod.isBeingCreated, let event = pod.obstacle(in: surroundings.events) {
            reason = "\(event.reason): \(event.message.withoutFullStop)"
            remedy = "see the events of the pod, and create or free what they name"
            mayPass = age.map { $0 < 120 } ?? true
        } else {
            return nil
        }
    }
}

/// A claim that has no volume.
private struct PendingClaim {
    let claim: ObjectReference
    let reason: String
    let remedy: String

    init?(of pod: Pod, _ group: ReceiverGroup, in surroundings: Surroundings) {
        guard let reference = group.tsdbClaim(of: pod), let claims = surroundings.claims,
            let claim = claims.first(where: { $0.reference == reference }),
            claim.status?["phase"]?.string == "Pending", claim.spec?["volumeName"] == nil
        else { return nil }
        self.claim = reference
        let named = claim.spec?["storageClassName"]?.string
        let events = surroundings.events.events(about: claim)
        if let classes = surroundings.classes, let named, !named.isEmpty,
            !classes.contains(where: { $0.name == named })
        {
            reason =
                "claim \(reference.name) asks for the StorageClass \(named), which is not there"
            remedy =
                "make a StorageClass \(named); or make the StatefulSet anew with another class "
                + "(delete it with --cascade=orphan), and delete the claim, which holds nothing, "
                + "and its pod"
        } else if let classes = surroundings.classes, named == nil,
            !classes.contains(where: \.isDefaultClass)
        {
            reason = "claim \(reference.name) names no StorageClass, and none is the default"
            remedy =
                "make a class the default; a claim template cannot be changed later"
        } else if let failure = events.last(where: { $0.reason == "ProvisioningFailed" }) {
            reason = "claim \(reference.name): \(failure.message.withoutFullStop)"
            remedy = "mend the provisioner, or choose another StorageClass"
        } else {
            return nil
        }
    }
}

extension KubernetesObject {
    fileprivate var isDefaultClass: Bool {
        let key = "storageclass.kubernetes.io/is-default-class"
        return annotations[key] == "true"
            || annotations[key.replacing(".kubernetes.io", with: ".beta.kubernetes.io")] == "true"
    }
}
