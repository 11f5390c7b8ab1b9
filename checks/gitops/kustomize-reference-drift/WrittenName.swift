import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A name of the cluster's DNS that stands in a plain string, out of kustomize's sight.
struct WrittenName {
    enum Use: Hashable {
        case hashring, localEndpoint, query, agent

        /// Whether receivers themselves are meant, those beside the string.
        var isReceivers: Bool { self == .hashring || self == .localEndpoint }
    }

    let use: Use
    let name: ServiceName
    let host: String
    let range: SourceRange
    /// What it stands in: `ConfigMap rings`, `--endpoint`.
    let title: String
    let writer: ObjectReference
    /// Shows where it stands.
    let command: String
    let about: [ObjectReference]
    /// Whether somebody connects to it: a receiver alone in its ring never does.
    var isDialled = true

    /// Every such name of the pipeline.
    static func all(in view: ClusterView) -> [WrittenName] {
        let pipeline = view.pipeline
        return RingFile.all(of: pipeline.receivers).flatMap { hashring($0, view) }
            + pipeline.receivers.compactMap { localEndpoint($0, view) }
            + pipeline.components.filter { $0.program == .query }.flatMap { query($0, view) }
            + pipeline.agents.flatMap { agent($0, view) }
    }

    private static func hashring(_ file: RingFile, _ view: ClusterView) -> [WrittenName] {
        let endpoints = file.configuration.rings.flatMap(\.endpoints)
        let participants = file.participants
        return endpoints.compactMap { endpoint in
            guard let name = ServiceName(host: endpoint.host) else { return nil }
            return WrittenName(
                use: .hashring, name: name, host: endpoint.host,
                range: file.place(of: endpoint.address.range), title: file.title,
                writer: file.configMap ?? file.readers[0].reference,
                command: file.showing(in: view), about: participants,
                isDialled: endpoints.count > 1)
        }
    }

    private static func localEndpoint(
        _ group: ReceiverGroup, _ view: ClusterView
    ) -> WrittenName? {
        let pod = group.podName(group.ordinals?.first ?? 0)
        let flag = "--receive.local-endpoint"
        // Without a hashring it is a name for nobody else.
        guard case .configured = group.hashring else { return nil }
        guard let text = group.localEndpoint(inPod: pod, namespace: group.workload.namespace),
            let host = text.split(separator: ":").first.map(String.init),
            let name = ServiceName(host: host)
        else { return nil }
        return WrittenName(
            use: .localEndpoint, name: name, host: host, range: group.range(ofFlag: flag),
            title: flag, writer: group.reference, command: showing(group.reference, view),
            about: group.services.map(\.reference))
    }

    private static func query(_ query: ThanosComponent, _ view: ClusterView) -> [WrittenName] {
        QueryEndpoint.all(of: query).compactMap { endpoint in
            guard let name = ServiceName(host: endpoint.host) else { return nil }
            return WrittenName(
                use: .query, name: name, host: endpoint.host, range: endpoint.text.range,
                title: "--endpoint", writer: query.reference,
                command: showing(query.reference, view), about: [])
        }
    }

    private static func agent(_ agent: Agent, _ view: ClusterView) -> [WrittenName] {
        agent.remoteWrites.compactMap { target in
            guard let host = target.endpoint?.host, let name = ServiceName(host: host) else {
                return nil
            }
            return WrittenName(
                use: .agent, name: name, host: host, range: target.url.range,
                title: "the URL of remote write", writer: agent.reference,
                command: agent.command(in: view) ?? "grep -n \(host) \(agent.reference.name)",
                about: [])
        }
    }

    private static func showing(_ object: ObjectReference, _ view: ClusterView) -> String {
        view.kubectl(
            "get \(object.kind.lowercased()) \(object.name) -o yaml", namespace: object.namespace)
    }
}
