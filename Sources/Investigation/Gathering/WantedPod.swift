import Evidence
import KubernetesModel
import PipelineModel

/// A pod whose metrics a Prometheus is asked for.
struct WantedPod: Sendable, Hashable {
    /// The name of the cluster's view.
    let cluster: String
    /// What the agents of its cluster add to series, by label, as far as it is known.
    let clusterLabels: [String: Set<String>]
    let item: ScrapePlan.Item
    /// Whether its own page was read.
    let hasPage: Bool

    static func all(in gathered: Gathered) -> [WantedPod] {
        gathered.views.filter(\.isCluster).flatMap { view -> [WantedPod] in
            guard let metrics = view.metrics else { return [] }
            let read = Set(metrics.items.map(\.pod))
            let labels = clusterLabels(view.pipeline.agents)
            return ScrapePlan(view.pipeline).items.map { item in
                WantedPod(
                    cluster: view.name, clusterLabels: labels, item: item,
                    hasPage: read.contains(item.pod))
            }
        }
    }

    /// One agent of which nobody knows what it adds may add anything.
    private static func clusterLabels(_ agents: [Agent]) -> [String: Set<String>] {
        var values: [String: Set<String>] = [:]
        var open: Set<String> = []
        for agent in agents {
            guard let sent = agent.sentLabels else { return [:] }
            for (name, value) in sent {
                switch value {
                case .fixed(let text): values[name, default: []].insert(text)
                case .perPod, .unknown: open.insert(name)
                }
            }
        }
        return values.filter { !open.contains($0.key) }
    }
}

/// Which target each of some pods is.
struct TargetChoice {
    private(set) var found: [WantedPod: [String: String]] = [:]
    /// Why a pod is none of the targets, for those of which it is worth saying.
    private(set) var obstacles: [WantedPod: String] = [:]

    init(of pods: [WantedPod], among targets: PrometheusTargets) {
        for pod in pods {
            switch targets.match(pod.item, clusterLabels: pod.clusterLabels) {
            case .found(let labels): found[pod] = labels
            case .ambiguous(let reason): obstacles[pod] = "is \(reason)"
            case .down: obstacles[pod] = "cannot be scraped by it"
            case .unknown: obstacles[pod] = pod.hasPage ? nil : "is no target of it"
            }
        }
        // A target is one pod: with namesakes in two clusters nobody knows which.
        for (_, claims) in Dictionary(grouping: found, by: \.value) where claims.count > 1 {
            let clusters = claims.map(\.key.cluster).sorted().joined(separator: " or ")
            for (pod, _) in claims {
                found[pod] = nil
                obstacles[pod] = "may be that of \(clusters): its series name no cluster"
            }
        }
    }
}
