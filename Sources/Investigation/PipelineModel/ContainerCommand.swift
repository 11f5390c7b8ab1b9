import KubernetesModel
import MarkedYAML

/// What one container of a workload runs, read once for everyone who asks what it is.
struct ContainerCommand: Sendable {
    let workload: Workload
    let container: Container
    let image: ImageReference?
    let arguments: Arguments
    /// Command and arguments after substitution.
    let words: [String]

    init(_ workload: Workload, container: Container) {
        self.workload = workload
        self.container = container
        image = container.image
        arguments = Arguments(container)
        words = arguments.values.map(\.value)
    }

    /// The commands of a workload's containers, init containers left out.
    static func all(of workload: Workload) -> [ContainerCommand] {
        workload.podSpec?.containers.map { ContainerCommand(workload, container: $0) } ?? []
    }

    /// By image or program, never by the workload's name.
    var isPrometheus: Bool {
        if words.first?.hasSuffix("/prometheus") == true || words.first == "prometheus" {
            return true
        }
        return image?.name == "prometheus"
    }

    /// Whether it is to be an agent, by the switch or by a flag that only agents have.
    var isMeantAsAgent: Bool {
        hasAgentSwitch || words.contains { $0.hasPrefix("--storage.agent.") }
    }

    /// `--agent` since Prometheus 3.0, the feature flag before.
    private var hasAgentSwitch: Bool {
        words.contains("--agent") || words.contains("--agent=true")
            || words.contains { word in
                word.hasPrefix("--enable-feature=")
                    && word.dropFirst(17).split(separator: ",").contains("agent")
            }
            || zip(words, words.dropFirst()).contains { $0 == "--enable-feature" && $1 == "agent" }
    }
}
