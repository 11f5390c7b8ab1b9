package import KubernetesModel

/// The tails of the logs of some pods.
package struct PodLogs: Sendable {
    private let byPod: [ObjectReference: [ContainerLog]]

    /// No logs, which nobody asked for.
    package static let unread = PodLogs([])

    package init(_ logs: [ContainerLog]) {
        byPod = Dictionary(grouping: logs, by: \.pod).mapValues { logs in
            logs.filter(\.isPrevious) + logs.current
        }
    }

    /// Those of one pod, the previous run first.
    package func of(_ pod: Pod) -> [ContainerLog] { byPod[pod.reference] ?? [] }
}

extension [ContainerLog] {
    /// Those of runs that go on, without the run before each restart.
    package var current: [ContainerLog] { filter { !$0.isPrevious } }
}
