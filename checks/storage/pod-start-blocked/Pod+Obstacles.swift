import KubernetesModel
import MarkedYAML

/// A container that the kubelet does not start.
struct RefusedContainer {
    let name: String
    let reason: String
    let message: String?

    /// Why a kubelet leaves a container alone until somebody acts.
    private static let remedies = [
        "ErrImagePull": image, "ImagePullBackOff": image, "InvalidImageName": image,
        "ErrImageNeverPull": image,
        "CreateContainerConfigError":
            "create what the message names, in the namespace of the pod and under that key",
        "CreateContainerError": "see the events of the pod: the container runtime refused",
        "RunContainerError": "see the events of the pod: the container runtime refused",
    ]
    private static let image =
        "correct the image's name and tag, or the credentials of its registry"

    init?(_ status: ContainerStatus) {
        guard let reason = status.waitingReason, Self.remedies[reason] != nil else { return nil }
        name = status.name
        self.reason = reason
        message = status.waitingMessage
    }

    var remedy: String {
        // The kubelet's words (`verifyRunAsNonRoot` in kuberuntime/security_context_others.go).
        if let message, ["runAsNonRoot", "non-root"].contains(where: message.contains) {
            return "state runAsUser with a number other than 0: the image names none, or root"
        }
        return Self.remedies[reason] ?? ""
    }

    var text: String {
        "\(reason) of container \(name)" + (message.map { ": \($0.withoutFullStop)" } ?? "")
    }

    /// The ConfigMap or Secret that the kubelet did not find.
    func missingObject(in namespace: String?) -> ObjectReference? {
        guard let found = message?.firstMatch(of: /(configmap|secret) "([^"]+)" not found/) else {
            return nil
        }
        let kind = found.1 == "secret" ? "Secret" : "ConfigMap"
        return ObjectReference(kind: kind, namespace: namespace, name: String(found.2))
    }
}

extension Pod {
    /// What the scheduler says, when no node will do.
    var unschedulable: String? {
        let condition = object.status?["conditions"].items.first {
            $0["type"]?.string == "PodScheduled" && $0["status"]?.string == "False"
        }
        guard let condition, condition["reason"]?.string == "Unschedulable" else { return nil }
        return "no node takes it: \(condition["message"]?.string?.withoutFullStop ?? "no reason")"
    }

    /// Whether an autoscaler makes a node for it.
    func awaitsNode(in events: [KubernetesObject]) -> Bool {
        // The words of cluster-autoscaler and of Karpenter.
        events.events(about: object).contains {
            ["TriggeredScaleUp", "Nominated"].contains($0.reason)
        }
    }

    /// The first of its containers that is not started.
    var refusedContainer: RefusedContainer? {
        (initContainerStatuses + containerStatuses).lazy.compactMap(RefusedContainer.init).first
    }

    /// An init container that ends at every start, so that those behind it never start.
    var crashingInitContainer: ContainerStatus? {
        initContainerStatuses.first { $0.waitingReason == "CrashLoopBackOff" }
    }

    /// Whether the kubelet prepares it: volumes, network, sandbox.
    var isBeingCreated: Bool {
        phase == "Pending"
            // With init containers all of them wait for these.
            && (initContainerStatuses + containerStatuses).allSatisfy {
                ["ContainerCreating", "PodInitializing"].contains($0.waitingReason)
            }
    }

    /// The newest event that tells what the kubelet or the attach controller waits for.
    func obstacle(in events: [KubernetesObject]) -> ObservedEvent? {
        let reasons: Set = ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]
        return events.events(about: object).filter {
            // Ownership that a volume refuses is a fault of its own.
            reasons.contains($0.reason) && !$0.message.contains("applyFSGroup failed")
        }.max { ($0.lastSeen ?? "") < ($1.lastSeen ?? "") }
    }
}
