import KubernetesModel

/// What the containers of some workloads run, as far as the pipeline knows the programs.
struct Programs: Sendable {
    private(set) var receivers: [ReceiverGroup] = []
    private(set) var agents: [Agent] = []
    private(set) var leftovers: [Leftover] = []
    private(set) var components: [ThanosComponent] = []

    init() {}

    /// Of each workload the first container of a kind counts.
    init(_ workloads: ArraySlice<Workload>, objects: Objects) {
        let commands = workloads.map(ContainerCommand.all(of:))
        receivers = commands.compactMap { commands in
            commands.lazy.compactMap { ReceiverGroup($0, objects: objects) }.first
        }
        agents = commands.compactMap { commands in
            commands.lazy.compactMap { Agent($0, objects: objects) }.first
        }
        leftovers = commands.compactMap { commands in
            commands.lazy.compactMap { Leftover($0, objects: objects) }.first
        }
        components = commands.compactMap { commands in
            commands.lazy.compactMap { ThanosComponent($0, objects: objects) }.first
        }
    }

    mutating func append(_ other: Programs) {
        receivers += other.receivers
        agents += other.agents
        leftovers += other.leftovers
        components += other.components
    }
}
