import ArgumentParser
import Gathering
import KubernetesAPI
import KubernetesModel
import LogSignatures

/// Whose logs are read from clusters, as kubectl is told.
struct PodSelection: ParsableArguments {
    @Option(help: "The kubeconfig's context. Repeatable.")
    var context: [String] = []

    @Option(help: "The kubeconfig to use instead of KUBECONFIG.")
    var kubeconfig: String?

    @Option(
        name: .shortAndLong,
        help: "Read the pods of this namespace, instead of the context's. Repeatable.")
    var namespace: [String] = []

    @Flag(name: [.customShort("A"), .long], help: "Read the pods of all namespaces.")
    var allNamespaces = false

    @Option(name: [.customShort("l"), .long], help: "Read the pods with these labels only.")
    var selector: String?

    @Option(help: ArgumentHelp("How much of each container's log is read.", valueName: "lines"))
    var tail = 10_000

    @Option(help: "How long reading from clusters may take: 30s, 2m.")
    var timeout = "60s"

    /// Whether the user wants a cluster's logs.
    var isAsked: Bool {
        !context.isEmpty || kubeconfig != nil || !namespace.isEmpty || allNamespaces
            || selector != nil
    }

    /// Adds what the selected pods say, one cluster after the other.
    func read(into reading: inout LogReading, on console: Console) async throws {
        let limit = try verified()
        var pods = 0
        for context in context.isEmpty ? [nil] : context.map(Optional.some) {
            let access = ClusterAccess(kubeconfig: kubeconfig, deadline: .now + limit)
            let client: KubernetesClient
            do {
                client = try await access.client(context)
            } catch {
                guard error.code == .credentialPluginFailed else { throw UsageError("\(error)") }
                reading.addGap(context ?? "cluster", "\(error)")
                continue
            }
            pods += try await read(client, into: &reading, on: console)
        }
        guard pods == 0, reading.gaps.isEmpty else { return }
        throw UsageError("no pods \(inWords); is it the right context, and the right namespace?")
    }

    private func verified() throws -> Duration {
        guard namespace.isEmpty || !allNamespaces else {
            throw UsageError("-n and -A exclude each other")
        }
        guard tail > 0 else { throw UsageError("--tail takes a number of lines above 0") }
        guard let limit = Span(timeout)?.duration else {
            throw UsageError("'\(timeout)' is no duration; write 30s or 2m")
        }
        return limit
    }

    /// - Returns: How many pods there were.
    private func read(
        _ client: KubernetesClient, into reading: inout LogReading, on console: Console
    ) async throws -> Int {
        try await NamespaceChoice(
            names: namespace, client: client, isOneOfMany: context.count > 1
        ).verify()
        let name = client.connection.context
        let chosen = namespace.isEmpty ? [client.connection.namespace] : namespace
        var pods = 0
        for namespace in allNamespaces ? [nil] : chosen.map(Optional.some) {
            let reader = PodLogReader(
                client: client, namespace: namespace, selector: selector, tailLines: tail,
                progress: { console.progress("\(name): \($0)") })
            do {
                let summary = try await reader.read { add($0, of: name, to: &reading) }
                pods += summary.pods
                reading.gaps += summary.gaps
            } catch {
                let refused = selector.map { "the API server refuses -l '\($0)'" }
                throw UsageError("\(refused ?? error.reason): \(error.message)")
            }
        }
        return pods
    }

    /// Adds a log under the name that its file would have in a recording of the cluster.
    private func add(_ log: PodLog, of cluster: String, to reading: inout LogReading) {
        let namespace = log.pod.namespace ?? "default"
        let folder = context.count > 1 ? "\(cluster)/" : ""
        let ending = log.isPrevious ? ".previous.log" : ".log"
        let name = "\(folder)\(namespace)/\(log.pod.name)/\(log.container)\(ending)"
        reading.scanner.begin(name)
        reading.scanner.append(log.bytes)
        reading.scanner.finish()
        let flags = context.isEmpty ? "" : " --context \(cluster)"
        reading.origins[name] = LogReading.Origin(
            cluster: cluster, pod: log.pod, flags: flags,
            command: "kubectl logs\(flags) -n \(namespace) \(log.pod.name) -c \(log.container)"
                + (log.isPrevious ? " --previous" : ""))
    }

    private var inWords: String {
        let place =
            allNamespaces
            ? "in any namespace"
            : namespace.isEmpty
                ? "in the context's namespace" : "in namespace \(namespace.joined(separator: ", "))"
        return selector.map { "\(place) match -l \($0)" } ?? place
    }
}
