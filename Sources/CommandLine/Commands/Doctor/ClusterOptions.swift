import ArgumentParser
import Evidence
import Gathering
import KubernetesAPI

/// Which clusters are looked at, as kubectl is told.
struct ClusterOptions: ParsableArguments {
    @Option(help: "The kubeconfig's context. Repeatable: the clusters are judged together.")
    var context: [String] = []

    @Option(help: "The kubeconfig to use instead of KUBECONFIG.")
    var kubeconfig: String?

    @Option(name: .shortAndLong, help: "Look into this namespace only. Repeatable.")
    var namespace: [String] = []

    @Flag(
        name: [.customShort("A"), .long],
        help: "Look into all namespaces (the default, where it is allowed).")
    var allNamespaces = false

    @Option(help: "How long to wait between two looks at metrics, for rates: 5s, 1m.")
    var interval = "5s"

    /// Whether the user named a cluster.
    var isAsked: Bool { !context.isEmpty || kubeconfig != nil }

    /// All clusters at once; one that cannot be seen leaves the others as they are.
    func gather(
        plan: GatheringPlan, probing: Probing, deadline: ContinuousClock.Instant,
        on console: Console
    ) async throws -> Gathered {
        guard namespace.isEmpty || !allNamespaces else {
            throw UsageError("-n and -A exclude each other")
        }
        guard let interval = Span(interval)?.duration else {
            throw UsageError("'\(interval)' is no duration; write 5s or 1m")
        }
        if let twice = context.enumerated().first(where: {
            context[..<$0.offset].contains($0.element)
        }) {
            throw UsageError("--context \(twice.element) is given twice")
        }
        try verify(probing.givenPages.pages)
        let contexts: [String?] = context.isEmpty ? [nil] : context
        return try await FleetGatherer(
            contexts.map { context in
                {
                    try await open(
                        context, plan: plan, probing: probing, interval: interval,
                        deadline: deadline, on: console)
                }
            }, prometheus: probing.prometheus
        ).gather()
    }

    /// Each page is of a pod in one of the clusters, and it is said in which.
    private func verify(_ pages: [GivenPage]) throws {
        for page in pages {
            let pod = "\(page.namespace)/\(page.pod)"
            if let cluster = page.cluster {
                guard context.contains(cluster) else {
                    throw UsageError(
                        "--metrics names context '\(cluster)'; name it with --context as well")
                }
            } else if context.count > 1 {
                throw UsageError(
                    "--metrics \(pod) does not say in which cluster; write "
                        + "CONTEXT/\(pod)=\(page.url)")
            }
        }
    }

    private func open(
        _ context: String?, plan: GatheringPlan, probing: Probing, interval: Duration,
        deadline: ContinuousClock.Instant, on console: Console
    ) async throws -> FleetGatherer.Opened {
        let client: KubernetesClient
        do {
            client = try await ClusterAccess(kubeconfig: kubeconfig, deadline: deadline)
                .client(context)
        } catch {
            // A plug-in that fails is a cluster that cannot be seen; the rest was typed wrong.
            guard error.code == .credentialPluginFailed else { throw UsageError("\(error)") }
            return .unseen(UnseenCluster(name: context ?? "cluster", reason: "\(error)"))
        }
        try await NamespaceChoice(
            names: namespace, client: client, isOneOfMany: self.context.count > 1
        ).verify()
        return .cluster(
            ClusterGatherer(
                client: client, name: client.connection.context,
                scope: namespace.isEmpty ? .everywhere : .namespaces(namespace), plan: plan,
                kubectlFlags: context.map { "--context \($0)" } ?? "", probes: probing.probes,
                buckets: probing.buckets, rateInterval: interval, givenPages: probing.givenPages,
                progress: { console.progress("\(client.connection.context): \($0)") }))
    }
}
