package import KubernetesModel
package import MarkedYAML
package import ReceiveFlags

/// A workload that runs `thanos receive`, with everything that could be resolved around it.
package struct ReceiverGroup: Sendable {
    package let workload: Workload
    package let container: Container
    package let arguments: Arguments
    package let flags: ParsedReceiveFlags
    /// Services whose selector matches the pods.
    package let services: [ServiceObject]
    package let pods: [Pod]
    package let hashring: HashringSource
    package let objectStore: ObjectStoreSource
    /// What the file of `--http.config` says, where it can be read.
    package let webConfiguration: WebConfiguration?

    package var reference: ObjectReference { workload.reference }
    package var version: Version? { container.image?.version }

    /// The place of a flag: the argument that states it, or the container's name.
    package func range(ofFlag name: String) -> SourceRange {
        guard let index = flags.occurrence(of: name)?.argumentIndex else {
            return (container.node["name"] ?? container.node).range
        }
        return argumentRange(index)
    }

    package func argumentRange(_ index: Int) -> SourceRange {
        // The flags start behind the word `receive`.
        let position = index + flagsStart
        guard arguments.values.indices.contains(position) else { return container.node.range }
        return arguments.values[position].range
    }

    let flagsStart: Int

    /// Nil when the container does not run `thanos receive`: its first word that is no flag is
    /// `receive`, and it is Thanos by its image, its command or a flag that only `receive` has.
    init?(_ command: ContainerCommand, objects: Objects) {
        let words = command.words
        guard let start = Self.startOfFlags(in: words) else { return nil }
        let flags = ParsedReceiveFlags(arguments: Array(words[start...]))
        let isThanos =
            command.image?.repository.contains("thanos") == true
            || words[..<start].contains { $0.contains("thanos") }
            || words[start...].contains { $0.hasPrefix("--receive.") || $0.hasPrefix("--tsdb.") }
        guard isThanos else { return nil }
        let workload = command.workload
        self.workload = workload
        container = command.container
        arguments = command.arguments
        self.flags = flags
        flagsStart = start
        let namespace = workload.namespace
        services = objects.of(kind: "Service").compactMap(ServiceObject.init).filter {
            $0.selects(workload.podLabels, in: namespace)
        }
        pods = objects.pods(of: workload)
        hashring = HashringSource(
            flags: flags, workload: workload, container: container, objects: objects)
        webConfiguration = WebConfiguration(
            path: flags.text(of: "--http.config"), workload: workload, container: container,
            objects: objects)
        let values = command.arguments.values
        var inline: Marked<String>?
        if let given = flags.occurrence(of: "--objstore.config") {
            let index = given.valueArgumentIndex + start
            let node = values.indices.contains(index) ? values[index].range : container.node.range
            inline = Marked(given.value, at: node)
        }
        objectStore = ObjectStoreSource(
            file: flags.objstoreConfigFile, inline: inline, workload: workload,
            container: container, objects: objects)
    }

    /// The index behind the word `receive`, when it is the first word that is neither a flag nor
    /// the program itself.
    private static func startOfFlags(in words: [String]) -> Int? {
        let command = words.firstIndex { word in
            !word.hasPrefix("-") && !word.hasSuffix("thanos")
        }
        guard let command, words[command] == "receive" else { return nil }
        return command + 1
    }
}

extension ReceiverGroup {
    /// The mount that holds the TSDB, if any covers it.
    package var tsdbMount: VolumeMount? { mount(over: flags.tsdbPath) }

    /// The mount over a path; a relative one begins at the working directory, `/` in the image.
    package func mount(over path: String) -> VolumeMount? {
        var whole = path
        if !path.hasPrefix("/") {
            let base = container.node["workingDir"]?.string ?? "/"
            whole = (base.hasSuffix("/") ? base : base + "/") + path.cleanPath
        }
        return container.mounts.filter { $0.contains(whole) }
            .max { $0.path.value.count < $1.path.value.count }
    }

    package var hasReadOnlyRoot: Bool {
        container.securityContext?["readOnlyRootFilesystem"]?.bool ?? false
    }

    /// Whether the TSDB lies on a volume that outlives the pod.
    package var hasPersistentTSDB: Bool {
        tsdbMount.map { workload.isPersistent(volume: $0.volume) } ?? false
    }

    /// The Services through which clients reach it from outside.
    package var loadBalancers: [ServiceObject] { services.filter(\.isLoadBalancer) }
}

extension String {
    /// A path without what Go's `filepath.Clean` takes away at its ends.
    package var cleanPath: String {
        var path = self[...]
        if path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}
