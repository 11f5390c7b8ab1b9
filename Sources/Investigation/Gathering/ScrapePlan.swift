import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Whose `/metrics` to read: the pods of receivers, agents and the rest of Thanos that run now.
struct ScrapePlan {
    struct Item: Hashable {
        let pod: ObjectReference
        /// Of the pod, as its status says it.
        let address: String?
        let port: Int
        let usesTLS: Bool
    }

    let items: [Item]

    init(_ pipeline: Pipeline) {
        let receivers = pipeline.receivers.flatMap { group in
            // thanos receive --help: --http.config turns TLS on for this port, or asks who calls.
            Self.items(
                group.pods, container: group.container.name, port: group.httpPort,
                usesTLS: group.usesWebTLS ?? true)
        }
        let agents = pipeline.agents.flatMap { agent in
            Self.items(
                agent.pods, container: agent.container?.name, port: agent.webPort,
                usesTLS: agent.usesWebTLS)
        }
        let components = pipeline.components.flatMap { component in
            // The same flags and default as for `receive`.
            let stated = component.values(of: "--http-address").last.map(\.value)
            return Self.items(
                component.pods, container: component.container.name,
                port: stated.map { ListenAddress($0)?.port } ?? 10902,
                usesTLS: component.isGiven("--http.config"))
        }
        items = receivers + agents + components
    }

    /// A container that does not run answers nothing, and says so in its status.
    private static func items(
        _ pods: [Pod], container: String?, port: Int?, usesTLS: Bool
    ) -> [Item] {
        guard let port else { return [] }
        return pods.compactMap { pod in
            let status = pod.containerStatuses.first { $0.name == container }
            guard status?.isRunning == true, !pod.isTerminating else { return nil }
            return Item(
                pod: pod.reference, address: pod.address, port: port, usesTLS: usesTLS)
        }
    }
}
