import KubernetesModel
import MarkedYAML

extension AgentSettings {
    /// What the program is told by its files and flags.
    init(_ program: Agent.Program, _ command: ContainerCommand, objects: Objects) {
        switch program {
        case .prometheus: self = Agent.configuration(of: command, objects: objects)
        case .vmagent: self.init(vmagent: command)
        case .collector: self.init(collector: command, objects: objects)
        case .alloy: self.init(alloy: command, objects: objects)
        case .grafanaAgent: self.init(grafanaAgent: command, objects: objects)
        }
    }

    /// `-remoteWrite.url` and `-remoteWrite.label` (VictoriaMetrics' documentation of vmagent).
    private init(vmagent command: ContainerCommand) {
        self.init()
        let flags = WrittenFlag.all(in: command.arguments.values)
        remoteWrites = flags.filter { $0.name == "remoteWrite.url" }.flatMap { flag in
            flag.value.split(separator: ",").map {
                RemoteWriteTarget(url: Marked(String($0), at: flag.range))
            }
        }
        var labels: [String: Marked<String>] = [:]
        for flag in flags where flag.name == "remoteWrite.label" {
            for pair in flag.value.split(separator: ",") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 { labels[parts[0]] = Marked(parts[1], at: flag.range) }
            }
        }
        // Without the flag, the file of scrape jobs may hold them.
        if !labels.isEmpty {
            externalLabels = ExternalLabels(written: labels, range: command.container.node.range)
        }
    }

    private init(collector command: ContainerCommand, objects: Objects) {
        self.init()
        let flags = WrittenFlag.all(in: command.arguments.values)
        for flag in flags where flag.name == "config" {
            let path = flag.value.hasPrefix("file:") ? String(flag.value.dropFirst(5)) : flag.value
            guard let document = Self.document(path, command, objects) else { continue }
            remoteWrites += Self.remoteWrites(ofCollector: document)
        }
    }

    /// The URLs in the `prometheus.remote_write` blocks of the file that it runs.
    private init(alloy command: ContainerCommand, objects: Objects) {
        self.init()
        guard let run = command.words.firstIndex(of: "run") else { return }
        let path = command.words[(run + 1)...].first { !$0.hasPrefix("-") }
        guard let path, let text = Self.text(path, command, objects) else { return }
        remoteWrites = AlloyText(text).remoteWriteURLs.map(RemoteWriteTarget.init(url:))
    }

    /// The static mode's YAML, or the flow mode's text, which is Alloy's.
    private init(grafanaAgent command: ContainerCommand, objects: Objects) {
        self.init(alloy: command, objects: objects)
        let flags = WrittenFlag.all(in: command.arguments.values)
        guard let path = flags.last(where: { $0.name == "config.file" })?.value,
            let metrics = Self.document(path, command, objects)?["metrics"]
        else { return }
        let sections = [metrics["global"]].compactMap(\.self) + metrics["configs"].items
        remoteWrites += sections.flatMap { $0["remote_write"].items }.compactMap {
            RemoteWriteTarget($0)
        }
    }

    private static func text(
        _ path: String, _ command: ContainerCommand, _ objects: Objects
    ) -> Node? {
        let file = MountedFile.resolve(
            path, in: command.workload, container: command.container, objects: objects)
        guard case .configMapKey(_, key: _, let text) = file else { return nil }
        return text
    }

    private static func document(
        _ path: String, _ command: ContainerCommand, _ objects: Objects
    ) -> Node? {
        text(path, command, objects)?.embeddedYAML().documents.first
    }
}
