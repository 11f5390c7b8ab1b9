import Evidence
package import KubernetesAPI
import KubernetesModel
import PipelineModel

/// Reads what the plan asks for from one API server, everything at once, each with its own fate.
package struct ClusterGatherer: Sendable {
    package enum Scope: Sendable, Hashable {
        /// All namespaces; where that is forbidden, the context's own.
        case everywhere
        case namespaces([String])
    }

    let client: KubernetesClient
    let name: String
    let scope: Scope
    let plan: GatheringPlan
    let kubectlFlags: String
    let probes: ProbeGatherer?
    let buckets: BucketGatherer?
    let rateInterval: Duration
    /// Pages that are not read through the API server.
    let givenPages: GivenPages?
    let progress: @Sendable (String) -> Void

    /// - Parameter rateInterval: between the two looks at a pod's metrics.
    package init(
        client: KubernetesClient, name: String, scope: Scope, plan: GatheringPlan,
        kubectlFlags: String, probes: ProbeGatherer?, buckets: BucketGatherer? = nil,
        rateInterval: Duration = .seconds(5), givenPages: GivenPages? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.client = client
        self.name = name
        self.scope = scope
        self.plan = plan
        self.kubectlFlags = kubectlFlags
        self.probes = probes
        self.buckets = buckets
        self.rateInterval = rateInterval
        self.givenPages = givenPages?.of(cluster: name)
        self.progress = progress
    }

    package func gather() async -> Gathered {
        async let servedKinds = served()
        async let clock = clock()
        let lists = await allLists()
        var missingKinds: [String: MissingEvidence] = [:]
        var gaps: [Gap] = []
        for list in lists {
            guard let failure = list.failure else { continue }
            missingKinds[list.resource.kind] = failure.evidence
            gaps.append(failure.gap)
        }
        var objects = Objects(lists.flatMap(\.objects))
        var pipeline = Pipeline(objects)
        if plan.resources.contains(.secrets) {
            let keys = SecretGatherer.keys(
                of: pipeline,
                includesObjectStores: plan.sources.contains(.objectStore) || buckets != nil)
            let secrets = await SecretGatherer(client: client).texts(of: keys)
            if let failure = secrets.failure {
                missingKinds["Secret"] = failure.evidence
                gaps.append(failure.gap)
            }
            objects = objects.adding(secretTexts: secrets.texts)
            pipeline = Pipeline(objects)
        }
        progress("\(objects.all.count) objects, \(pipeline.receivers.count) receiver groups")
        async let logs = logs(of: pipeline)
        async let probed = probed(pipeline)
        async let measured = metrics(of: pipeline)
        async let stored = buckets(of: pipeline)
        let (records, unprobed) = await probed
        let logged = await logs
        let metrics = await measured
        let (buckets, bucketGaps) = await stored
        let kinds = await servedKinds
        // Without these nobody knows which addresses there are.
        let missingProbes =
            unprobed + ["Service", "StatefulSet"].compactMap { missingKinds[$0] }
        var view = ClusterView(
            name: name, source: .cluster, objects: objects, pipeline: pipeline,
            missingKinds: missingKinds, logs: logged.logs, missingLogs: logged.missing[.logs] ?? [],
            probes: records, missingProbes: missingProbes, servedKinds: kinds,
            kubectlFlags: kubectlFlags)
        view.missingAgentLogs = logged.missing[.agentLogs] ?? []
        view.missingComponentLogs = logged.missing[.componentLogs] ?? []
        view.clock = await clock
        view.metrics = metrics?.observed
        view.buckets = buckets
        var gathered = Gathered(
            views: [view], gaps: gaps + logged.gaps + (metrics?.gaps ?? []) + bucketGaps)
        gathered.unscraped = (metrics?.failures ?? []).map {
            UnscrapedPod(cluster: name, pod: $0.pod, failure: $0.failure)
        }
        return gathered
    }

    private func allLists() async -> [KindList] {
        let lister = KindLister(client: client, scope: scope)
        return await withTaskGroup(of: KindList.self) { group in
            for resource in plan.resources.sorted() where resource != .secrets {
                group.addTask { await lister.list(resource) }
            }
            var lists: [KindList] = []
            for await list in group {
                progress(list.resource.qualifiedName)
                lists.append(list)
            }
            return lists.sorted { $0.resource < $1.resource }
        }
    }

    private func logs(of pipeline: Pipeline) async -> LogGatherer.Result {
        await LogGatherer(client: client, sources: plan.sources, progress: progress)
            .gather(pipeline)
    }

    private func metrics(of pipeline: Pipeline) async -> MetricsGatherer.Result? {
        guard plan.sources.contains(.metrics) else { return nil }
        return await MetricsGatherer(
            client: client, families: plan.families,
            interval: plan.sources.contains(.rates) ? rateInterval : nil, given: givenPages,
            progress: progress
        ).gather(pipeline)
    }

    private func buckets(of pipeline: Pipeline) async -> (Observed<BucketState>?, [Gap]) {
        guard plan.sources.contains(.bucket), let buckets else { return (nil, []) }
        return await buckets.gather(pipeline)
    }

    private func probed(_ pipeline: Pipeline) async -> ([ProbeRecord], [MissingEvidence]) {
        guard plan.sources.contains(.probes), let probes else { return ([], []) }
        return await probes.gather(ProbePlan(pipeline))
    }

    private func clock() async -> ClockOffset? {
        guard plan.sources.contains(.clock) else { return nil }
        return await client.clock().map {
            ClockOffset(ahead: $0.ahead, uncertainty: $0.uncertainty)
        }
    }

    /// Nil when discovery could not be read: then nothing is concluded from it.
    private func served() async -> Set<ServedKind>? {
        guard plan.sources.contains(.discovery) else { return nil }
        do {
            let groups = try await client.groups()
            let client = client
            return try await withThrowingTaskGroup(of: [ServedKind].self) { tasks in
                for group in groups {
                    for version in group.versions {
                        tasks.addTask {
                            try await client.resources(group: group.name, version: version).map {
                                ServedKind(
                                    groupVersion: $0.resource.groupVersion, kind: $0.kind)
                            }
                        }
                    }
                }
                return try await tasks.reduce(into: []) { $0.formUnion($1) }
            }
        } catch {
            return nil
        }
    }
}
