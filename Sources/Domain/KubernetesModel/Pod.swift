package import MarkedYAML

/// A running pod with its status.
package struct Pod: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Pod" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    package var name: String { object.name }
    package var namespace: String? { object.namespace }
    package var labels: [String: String] { object.labels }
    package var address: String? { object.status?["podIP"]?.string }
    package var phase: String? { object.status?["phase"]?.string }
    package var revision: String? { labels["controller-revision-hash"] }
    /// Where it was placed; nil while it waits for a node.
    package var nodeName: String? { object.spec?["nodeName"]?.string }
    package var startTime: String? { object.status?["startTime"]?.string }
    package var isTerminating: Bool { object.metadata?["deletionTimestamp"] != nil }

    package var isReady: Bool {
        object.status?["conditions"].items.contains {
            $0["type"]?.string == "Ready" && $0["status"]?.string == "True"
        } ?? false
    }

    package var containerStatuses: [ContainerStatus] {
        object.status?["containerStatuses"].items.map(ContainerStatus.init) ?? []
    }
}

/// What the kubelet last said of a container.
package struct ContainerStatus: Sendable {
    package let node: Node

    package var name: String { node["name"]?.string ?? "" }
    package var isReady: Bool { node["ready"]?.bool ?? false }
    package var restartCount: Int { node["restartCount"]?.int ?? 0 }
    package var isRunning: Bool { node["state"]?["running"] != nil }
    package var waitingReason: String? { node["state"]?["waiting"]?["reason"]?.string }
    package var waitingMessage: String? { node["state"]?["waiting"]?["message"]?.string }

    /// How the container ended: now, or the time before.
    package var termination: Termination? {
        (node["state"]?["terminated"] ?? node["lastState"]?["terminated"]).map(Termination.init)
    }

    package struct Termination: Sendable {
        package let node: Node
        package var exitCode: Int? { node["exitCode"]?.int }
        package var reason: String? { node["reason"]?.string }
        package var message: String? { node["message"]?.string }
    }
}
