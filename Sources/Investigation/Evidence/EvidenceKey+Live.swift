package import KubernetesModel
package import PipelineModel

/// A receiver group with what runs of it.
package struct RunningGroup: Sendable {
    package let group: ReceiverGroup
    fileprivate let podLogs: PodLogs

    package var pods: [Pod] { group.pods }
    package var logs: [ContainerLog] { pods.flatMap(podLogs.of) }

    /// The logs of one pod, the previous run first.
    package func logs(of pod: Pod) -> [ContainerLog] { podLogs.of(pod) }
}

extension EvidenceKey where Value == ByOwner<RunningGroup> {
    /// Receivers with their pods' status, which only an API server knows.
    package static var receiverPods: EvidenceKey<ByOwner<RunningGroup>> {
        EvidenceKey(
            "receiver-pods",
            resources: [.pods, .statefulSets, .deployments, .services, .configMaps]
        ) { _, view in view.runningGroups(withLogs: false) }
    }

    /// Receivers with their pods' status and the tails of their logs.
    package static var receiverLogs: EvidenceKey<ByOwner<RunningGroup>> {
        EvidenceKey(
            "receiver-logs",
            resources: [.pods, .statefulSets, .deployments, .services, .configMaps],
            sources: [.logs]
        ) { _, view in view.runningGroups(withLogs: true) }
    }
}

extension EvidenceKey where Value == [EndpointSlice] {
    /// Which addresses stand behind the Services.
    package static var endpointSlices: EvidenceKey<[EndpointSlice]> {
        EvidenceKey("endpoint-slices", resources: [.endpointSlices, .services]) { _, view in
            guard view.isCluster else {
                return .missing(.notConfigured("cluster", needs: "a cluster"))
            }
            if let missing = view.missingKinds["EndpointSlice"] { return .missing(missing) }
            return .known(
                view.objects.of(kind: "EndpointSlice").compactMap(EndpointSlice.init))
        }
    }
}

extension EvidenceKey where Value == [ProbeRecord] {
    /// What the addresses answered.
    package static var probes: EvidenceKey<[ProbeRecord]> {
        EvidenceKey("probes", resources: [.services, .statefulSets], sources: [.probes]) {
            _, view in
            if view.probes.isEmpty {
                let nothing = MissingEvidence.notConfigured(
                    "probes", needs: "an address to probe")
                return .missing(view.missingProbes.first ?? nothing)
            }
            return .known(view.probes, gaps: view.missingProbes)
        }
    }
}

extension EvidenceKey where Value == Set<ServedKind> {
    /// The kinds that an API server serves; seen from manifests, that any of the clusters serves.
    package static var servedKinds: EvidenceKey<Set<ServedKind>> {
        EvidenceKey("served-kinds", sources: [.discovery]) { snapshot, view in
            let clusters = view.isCluster ? [view] : snapshot.views.filter(\.isCluster)
            guard !clusters.isEmpty else {
                return .missing(.notConfigured("cluster", needs: "a cluster"))
            }
            var union: Set<ServedKind> = []
            for cluster in clusters {
                guard let served = cluster.servedKinds else {
                    return .missing(
                        cluster.missingKinds["discovery"]
                            ?? MissingEvidence(
                                .unreachable, source: "cluster",
                                "the API's discovery was not read"))
                }
                union.formUnion(served)
            }
            return .known(union)
        }
    }
}

/// The newest sample of series that an edge should deliver, as Query shows it.
package struct SeriesFreshness: Sendable, Hashable {
    package let selector: String
    /// Seconds since the newest sample; nil when there is none.
    package let age: Double?
    /// How many series the selector finds; nil when there is none.
    package let count: Double?

    package init(selector: String, age: Double?, count: Double? = nil) {
        self.selector = selector
        self.age = age
        self.count = count
    }

    /// What Query is asked: the age in seconds, and no series when there is no sample.
    package static func query(_ selector: String) -> String {
        "time() - max(timestamp(\(selector)))"
    }
}

extension EvidenceKey where Value == [SeriesFreshness] {
    /// What Thanos Query shows of the edges.
    package static var seriesFreshness: EvidenceKey<[SeriesFreshness]> {
        EvidenceKey("series-freshness", sources: [.query]) { _, view in
            if let series = view.series { return .known(series) }
            guard let queries = view.queries else {
                return .missing(.notConfigured("query", needs: "a Thanos Query address"))
            }
            return .known(queries.items.flatMap(\.series), gaps: queries.missing)
        }
    }
}

extension ClusterView {
    func runningGroups(withLogs: Bool) -> Reading<ByOwner<RunningGroup>> {
        guard isCluster else {
            return .missing(
                .notConfigured("cluster", needs: withLogs ? "a cluster's logs" : "a cluster"))
        }
        for kind in ["Pod", "StatefulSet"] {
            if let missing = missingKinds[kind] { return .missing(missing) }
        }
        guard !pipeline.receivers.isEmpty else {
            return .missing(.notApplicable("no thanos receive here"))
        }
        let podLogs = withLogs ? podLogs : .unread
        let groups = pipeline.receivers.map { RunningGroup(group: $0, podLogs: podLogs) }
        return .known(ByOwner(groups), gaps: withLogs ? missingLogs : [])
    }
}
