import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// Whose `/metrics` to read: the pods of receivers and agents that run now.
struct ScrapePlan {
    struct Item: Hashable {
        let pod: ObjectReference
        let port: Int
        let usesTLS: Bool
    }

    let items: [Item]

    init(_ pipeline: Pipeline) {
        let receivers = pipeline.receivers.flatMap { group in
            // thanos receive --help: --http.config turns TLS on for this port.
            let usesTLS = group.flags.isGiven("--http.config")
            return Self.items(
                group.pods, container: group.container.name, port: group.httpPort,
                usesTLS: usesTLS)
        }
        let agents = pipeline.agents.flatMap { agent in
            Self.items(
                agent.pods, container: agent.container?.name, port: agent.webPort,
                usesTLS: agent.usesWebTLS)
        }
        items = receivers + agents
    }

    /// A container that does not run answers nothing, and says so in its status.
    private static func items(
        _ pods: [Pod], container: String?, port: Int?, usesTLS: Bool
    ) -> [Item] {
        guard let port else { return [] }
        return pods.compactMap { pod in
            let status = pod.containerStatuses.first { $0.name == container }
            guard status?.isRunning == true, !pod.isTerminating else { return nil }
            return Item(pod: pod.reference, port: port, usesTLS: usesTLS)
        }
    }
}
