package import KubernetesModel

/// The tails of the logs of some pods.
package struct PodLogs: Sendable {
    private let byPod: [ObjectReference: [ContainerLog]]

    /// No logs, which nobody asked for.
    package static let unread = PodLogs([])

    package init(_ logs: [ContainerLog]) {
        byPod = Dictionary(grouping: logs, by: \.pod).mapValues { logs in
            logs.filter(\.isPrevious) + logs.filter { !$0.isPrevious }
        }
    }

    /// Those of one pod, the previous run first.
    package func of(_ pod: Pod) -> [ContainerLog] { byPod[pod.reference] ?? [] }
}
