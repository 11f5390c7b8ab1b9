import KubernetesModel
import PipelineModel

extension EvidenceKey where Value == ByOwner<MeasuredGroup> {
    /// These families of the receivers' `/metrics`, as they stand now.
    package static func receiverMetrics(_ families: String...) -> EvidenceKey<
        ByOwner<MeasuredGroup>
    > {
        receiverMetrics(of: families)
    }

    /// The same for names that are only known at run time.
    package static func receiverMetrics(of families: [String]) -> EvidenceKey<
        ByOwner<MeasuredGroup>
    > {
        receiverKey("receiver-metrics", families, sources: [.metrics])
    }

    /// The same from two scrapes, for rates.
    package static func receiverRates(_ families: String...) -> EvidenceKey<ByOwner<MeasuredGroup>>
    {
        receiverKey("receiver-rates", families, sources: [.metrics, .rates])
    }

    private static func receiverKey(
        _ name: String, _ families: [String], sources: Set<EvidenceSource>
    ) -> EvidenceKey<ByOwner<MeasuredGroup>> {
        EvidenceKey(
            name, resources: EvidenceKey<ByOwner<RunningGroup>>.receiverPods.resources,
            sources: sources, families: Set(families)
        ) { _, view in
            view.scraped(
                view.pipeline.receivers, absent: "no thanos receive here", pods: \.pods
            ) { MeasuredGroup(group: $0, pods: $1) }
        }
    }
}

extension EvidenceKey where Value == ByOwner<MeasuredAgent> {
    /// These families of the agents' `/metrics`, as they stand now.
    package static func agentMetrics(_ families: String...) -> EvidenceKey<ByOwner<MeasuredAgent>> {
        agentMetrics(of: families)
    }

    /// The same for names that are only known at run time.
    package static func agentMetrics(of families: [String]) -> EvidenceKey<ByOwner<MeasuredAgent>> {
        agentKey("agent-metrics", families, sources: [.metrics])
    }

    /// The same from two scrapes, for rates.
    package static func agentRates(_ families: String...) -> EvidenceKey<ByOwner<MeasuredAgent>> {
        agentKey("agent-rates", families, sources: [.metrics, .rates])
    }

    private static func agentKey(
        _ name: String, _ families: [String], sources: Set<EvidenceSource>
    ) -> EvidenceKey<ByOwner<MeasuredAgent>> {
        EvidenceKey(
            name, resources: EvidenceKey<[Agent]>.agents.resources + [.pods], sources: sources,
            families: Set(families)
        ) { _, view in
            view.scraped(
                view.pipeline.agents, absent: "no Prometheus agent here", pods: \.pods
            ) { MeasuredAgent(agent: $0, pods: $1) }
        }
    }
}

extension ClusterView {
    /// Owners with the pages of their pods; what could not be scraped is a gap.
    func scraped<Owner, Measured: Owned>(
        _ owners: [Owner], absent reason: String, pods: (Owner) -> [Pod],
        _ measured: (Owner, [ScrapedPod]) -> Measured
    ) -> Reading<ByOwner<Measured>> {
        guard let metrics else {
            return .missing(.notConfigured("metrics", needs: "a cluster's metrics"))
        }
        for kind in ["Pod", "StatefulSet"] {
            if let missing = missingKinds[kind] { return .missing(missing) }
        }
        guard !owners.isEmpty else { return .missing(.notApplicable(reason)) }
        let pages = Dictionary(metrics.items.map { ($0.pod, $0) }) { first, _ in first }
        let all = owners.map { owner in
            measured(owner, pods(owner).compactMap { pages[$0.reference] })
        }
        return .known(ByOwner(all), gaps: metrics.missing)
    }
}

/// The agents of one cluster with what their pods' `/metrics` said.
package struct MeasuredCluster: Sendable {
    package let view: ClusterView
    package let agents: ByOwner<MeasuredAgent>
}

extension EvidenceKey where Value == [MeasuredCluster] {
    /// The same as `agentMetrics` of all clusters of the run, as far as they were seen.
    package static func allAgentMetrics(_ families: String...) -> EvidenceKey<[MeasuredCluster]> {
        let own = EvidenceKey<ByOwner<MeasuredAgent>>.agentMetrics(of: families)
        return EvidenceKey(
            "all-agent-metrics", resources: own.resources, sources: own.sources,
            families: own.families
        ) { snapshot, _ in
            let seen = snapshot.views.compactMap { view -> MeasuredCluster? in
                guard case .known(let agents, gaps: _) = own.read(snapshot, view) else {
                    return nil
                }
                return MeasuredCluster(view: view, agents: agents)
            }
            return seen.isEmpty
                ? .missing(.notConfigured("metrics", needs: "agents' metrics")) : .known(seen)
        }
    }
}
