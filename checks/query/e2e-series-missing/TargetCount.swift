import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// How many targets an agent has, and of how many of them Query shows that they are up or down.
struct TargetCount {
    /// Prometheus' scrape/metrics.go: the active targets of each scrape pool, a series `up` each.
    static let targets = "prometheus_target_scrape_pool_targets"
    static let start = "process_start_time_seconds"

    private let series: SeriesFreshness
    private let page: Page
    private let arrived: Double

    /// What one pod of an agent says.
    private struct Page {
        let cluster: ClusterView
        let agent: Agent
        let pod: ObjectReference
        let targets: Double
    }

    /// Seconds in which targets are found again, and a queue catches up.
    private static let settling = 600.0
    /// Targets that come and go are no fault: one in ten, and never as few as two.
    private static let toleratedShare = 0.1
    private static let toleratedCount = 2.0

    /// Nil when they agree, and when nobody knows: replicas of an agent count once, so that the
    /// largest page of those that send the series is what has to arrive.
    init?(of series: SeriesFreshness, at clusters: [MeasuredCluster], now: Double) {
        let pages = clusters.flatMap { cluster in
            cluster.agents.filter { $0.agent.sendsAll(of: series) }.flatMap { measured in
                Self.pages(of: measured, in: cluster.view, now: now)
            }
        }
        guard let arrived = series.count, let most = pages.max(by: { $0.targets < $1.targets }),
            most.targets - arrived > max(Self.toleratedCount, most.targets * Self.toleratedShare),
            most.targets < 1e9
        else { return nil }
        self.series = series
        self.arrived = arrived
        page = most
    }

    private static func pages(
        of measured: MeasuredAgent, in view: ClusterView, now: Double
    ) -> [Page] {
        measured.pods.compactMap { pod in
            guard let start = pod.sum(start), now - start > settling, let count = pod.sum(targets)
            else { return nil }
            return Page(cluster: view, agent: measured.agent, pod: pod.pod, targets: count)
        }
    }

    func finding(
        _ query: QueryState, _ receivers: [ObjectReference], _ view: ClusterView
    ) -> Finding {
        let agent = page.agent
        var finding = Finding(
            "of the \(Int(page.targets)) targets of \(agent.reference) only \(Int(arrived)) are "
                + "to be seen as \(series.selector)",
            object: ObjectReference(kind: "Series", name: series.selector),
            severity: .warning, confidence: .likely,
            evidence: [
                EvidenceItem(
                    "query", "count(\(series.selector)) is \(Int(arrived))",
                    command: query.command(
                        "/api/v1/query", query: "count(\(series.selector))", in: view)),
                EvidenceItem(
                    "metrics",
                    "pod \(page.pod.name): the sum of \(Self.targets) is \(Int(page.targets))",
                    command: agent.metricsCommand(page.pod, Self.targets, in: page.cluster)),
            ],
            repair: Repair(
                text: "compare up by job at Query and at the agent, and look for batches that the "
                    + "agent dropped"),
            about: query.component.map { [$0] } ?? [])
        finding.elsewhere = [page.cluster.name: [agent.reference]]
        finding.through = receivers
        return finding
    }
}

extension Agent {
    /// Whether a series of its own stands for each of its targets and none is held back.
    fileprivate func sendsAll(of series: SeriesFreshness) -> Bool {
        isPrometheus && expectedSeries == series.selector
            && remoteWrites.allSatisfy { $0.setting("write_relabel_configs").items.isEmpty }
    }
}
