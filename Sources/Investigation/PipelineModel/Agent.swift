package import KubernetesModel
package import MarkedYAML

/// Something that sends with remote write: a Prometheus in agent mode, another program that does
/// the same work, or a bare configuration.
package struct Agent: Sendable {
    package let program: Program
    /// The workload; the custom resource or the configuration file where there is none.
    package let reference: ObjectReference
    /// Nil for a configuration file that stands alone, and where an operator makes it.
    package let workload: Workload?
    package let container: Container?
    /// The flags of its container; empty for what stands without one.
    package let flags: [WrittenFlag]
    /// The `PrometheusAgent`, `VMAgent` or `OpenTelemetryCollector` that asks for it, when one does
    /// and is known.
    package let resource: KubernetesObject?
    package let settings: AgentSettings
    /// What runs of it; empty outside a cluster.
    package let pods: [Pod]

    package var configuration: PrometheusConfiguration? { settings.configuration }
    package var unresolved: MountedFile? { settings.unresolved }
    package var secret: SecretKey? { settings.secret }
    package var remoteWrites: [RemoteWriteTarget] { settings.remoteWrites }
    package var externalLabels: ExternalLabels? { settings.externalLabels }

    package init(file: PrometheusConfiguration) {
        program = .prometheus
        settings = AgentSettings(file)
        workload = nil
        container = nil
        flags = []
        resource = nil
        pods = []
        reference = ObjectReference(
            kind: "PrometheusConfiguration", name: file.node.range.source.name)
    }

    /// A workload whose container runs Prometheus with the agent switch, or another agent; one that
    /// can do other work as well only counts when it is seen to write remotely.
    init?(_ command: ContainerCommand, objects: Objects) {
        guard let program = command.agentProgram else { return nil }
        let settings = AgentSettings(program, command, objects: objects)
        switch program {
        case .prometheus, .vmagent: break
        case .alloy, .grafanaAgent, .collector:
            guard !settings.remoteWrites.isEmpty else { return nil }
        }
        self.program = program
        self.settings = settings
        workload = command.workload
        container = command.container
        flags = WrittenFlag.all(in: Arguments(command.container).values)
        resource = nil
        reference = command.workload.reference
        pods = objects.pods(of: command.workload)
    }

    /// What an operator is asked to make, where that is not among the objects.
    init?(customResource object: KubernetesObject) {
        guard let program = Program(ofResource: object) else { return nil }
        let settings = AgentSettings(program, customResource: object)
        if program == .collector, settings.remoteWrites.isEmpty { return nil }
        self.program = program
        self.settings = settings
        reference = object.reference
        workload = nil
        container = nil
        flags = []
        resource = object
        pods = []
    }

    /// The same workload together with the custom resource that it was made of, which says what a
    /// configuration that could not be read would say.
    private init(_ made: Agent, of object: KubernetesObject) {
        var settings = made.settings
        if settings.remoteWrites.isEmpty, settings.configuration == nil {
            let asked = AgentSettings(made.program, customResource: object)
            settings.remoteWrites = asked.remoteWrites
            settings.externalLabels = asked.externalLabels
        }
        program = made.program
        reference = made.reference
        workload = made.workload
        container = made.container
        flags = made.flags
        resource = object
        self.settings = settings
        pods = made.pods
    }

    /// Agents with the custom resources behind them, each once.
    static func joining(_ agents: [Agent], _ resources: [KubernetesObject]) -> [Agent] {
        guard !resources.isEmpty else { return agents }
        let known = Dictionary(resources.map { ($0.reference, $0) }) { first, _ in first }
        let joined = agents.map { agent in
            guard let owner = agent.workload?.object.controller, let object = known[owner] else {
                return agent
            }
            return Agent(agent, of: object)
        }
        let made = Set(joined.compactMap(\.resource?.reference))
        return joined
            + resources.filter { !made.contains($0.reference) }
            .compactMap(Agent.init(customResource:))
    }
}

extension Agent {
    /// The release: as the image is tagged, or as the custom resource states it.
    package var version: Version? {
        if let version = container?.image?.version { return version }
        if let stated = resource?.spec?["version"]?.string { return Version(stated) }
        return resource?.spec?["image"]?.string.flatMap { ImageReference($0).version }
    }

    /// How many pods do the same work.
    package var replicas: Int {
        if let replicas = workload?.replicas { return replicas }
        let stated = resource?.spec?["replicas"] ?? resource?.spec?["replicaCount"]
        return stated?.int ?? 1
    }

    /// Where to point when the agent as a whole is meant.
    package var range: SourceRange? {
        (workload?.object ?? resource)?.range ?? configuration?.node.range
    }
}
