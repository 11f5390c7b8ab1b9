package import KubernetesModel
package import PipelineModel

/// One cluster as one source shows it: a set of manifests, an API server, or bare endpoints.
package struct ClusterView: Sendable {
    package enum Source: Sendable, Hashable {
        /// Files; a complete render (`-k`) proves that what is not in it is not there.
        case manifests(isComplete: Bool)
        /// An API server.
        case cluster
        /// Only addresses that the user named.
        case endpoints
    }

    package let name: String
    package let source: Source
    package let objects: Objects
    package let pipeline: Pipeline
    /// Kinds whose list could not be read, with the reason.
    package let missingKinds: [String: MissingEvidence]
    package let logs: [ContainerLog]
    package let podLogs: PodLogs
    /// Containers whose logs were wanted and not read.
    package let missingLogs: [MissingEvidence]
    package let probes: [ProbeRecord]
    package let missingProbes: [MissingEvidence]
    /// Group/version/kind triples that the API server serves; nil when it was not asked.
    package let servedKinds: Set<ServedKind>?
    /// Series of the edges as Thanos Query shows them; nil when it was not asked.
    package let series: [SeriesFreshness]?
    /// The same of the agents' containers, and of the rest of Thanos.
    package var missingAgentLogs: [MissingEvidence] = []
    package var missingComponentLogs: [MissingEvidence] = []
    /// What the pods' `/metrics` said; nil when they were not asked.
    package var metrics: Observed<ScrapedPod>?
    /// What lies in the buckets; nil when nobody looked.
    package var buckets: Observed<BucketState>?
    /// What Thanos Query answered; nil when it was not asked.
    package var queries: Observed<QueryState>?
    /// The clock of the API server; nil when it did not say.
    package var clock: ClockOffset?
    /// Words to put between `kubectl` and the verb: `--context prod`.
    package let kubectlFlags: String

    package init(
        name: String, source: Source, objects: Objects, pipeline: Pipeline,
        missingKinds: [String: MissingEvidence] = [:], logs: [ContainerLog] = [],
        missingLogs: [MissingEvidence] = [], probes: [ProbeRecord] = [],
        missingProbes: [MissingEvidence] = [], servedKinds: Set<ServedKind>? = nil,
        series: [SeriesFreshness]? = nil, kubectlFlags: String = ""
    ) {
        self.name = name
        self.source = source
        self.objects = objects
        self.pipeline = pipeline
        self.missingKinds = missingKinds
        self.logs = logs
        podLogs = PodLogs(logs)
        self.missingLogs = missingLogs
        self.probes = probes
        self.missingProbes = missingProbes
        self.servedKinds = servedKinds
        self.series = series
        self.kubectlFlags = kubectlFlags
    }

    package var isCluster: Bool { source == .cluster }

    /// Whether an object of that kind that is not among the objects is known not to exist.
    package func isComplete(kind: String) -> Bool {
        switch source {
        case .manifests(let isComplete): isComplete
        case .cluster: missingKinds[kind] == nil
        case .endpoints: false
        }
    }

    /// The other manifests of the same workload: a base and its overlays, or a patch.
    ///
    /// Empty for a cluster and for a complete render, in which an object stands once.
    package func otherManifests(of workload: Workload) -> [Workload] {
        guard case .manifests(isComplete: false) = source else { return [] }
        let namesakes = objects.of(kind: workload.object.kind, named: workload.object.name)
        return namesakes.filter { object in
            object.range != workload.object.range
                && (object.namespace == workload.namespace || object.namespace == nil
                    || workload.namespace == nil)
        }.compactMap(Workload.init)
    }

    /// A kubectl command that shows something in this cluster.
    package func kubectl(_ words: String, namespace: String? = nil) -> String {
        let flags = kubectlFlags.isEmpty ? "" : " \(kubectlFlags)"
        let scope = namespace.map { " -n \($0)" } ?? ""
        return "kubectl\(flags)\(scope) \(words)"
    }

    /// A kubectl command that changes an object of this cluster.
    package func kubectlPatch(
        _ object: ObjectReference, _ patch: String, type: String = "merge"
    ) -> String {
        // A shell ends a quoted text at the next quote.
        let quoted = patch.replacing("'", with: #"'\''"#)
        return kubectl(
            "patch \(object.kind.lowercased()) \(object.name) --type \(type) -p '\(quoted)'",
            namespace: object.namespace)
    }
}

/// A kind under a group and version, as discovery lists it.
package struct ServedKind: Sendable, Hashable {
    /// `apps/v1`, or `v1` for the core group.
    package let groupVersion: String
    package let kind: String

    package init(groupVersion: String, kind: String) {
        self.groupVersion = groupVersion
        self.kind = kind
    }
}
