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
    private let agent: Agent
    private let pod: ObjectReference
    private let scraped: Double
    private let arrived: Double

    /// Seconds in which targets are found again, and a queue catches up.
    private static let settling = 600.0
    /// Targets that come and go are no fault: one in ten, and never as few as two.
    private static let toleratedShare = 0.1
    private static let toleratedCount = 2.0

    /// Nil when they agree, and when nobody knows: replicas of an agent count once, so that the
    /// largest page of those that send the series is what has to arrive.
    init?(of series: SeriesFreshness, at agents: [MeasuredAgent], now: Double) {
        let pages = agents.filter { measured in
            measured.agent.isPrometheus && measured.agent.expectedSeries == series.selector
                && measured.agent.remoteWrites.allSatisfy {
                    $0.setting("write_relabel_configs").items.isEmpty
                }
        }.flatMap { measured in measured.pods.map { (agent: measured.agent, page: $0) } }
        let settled = pages.filter { entry in
            entry.page.sum(Self.start).map { now - $0 > Self.settling } ?? false
        }
        let counts = settled.compactMap { entry in
            entry.page.sum(Self.targets).map { (agent: entry.agent, pod: entry.page.pod, sum: $0) }
        }
        guard let arrived = series.count, let most = counts.max(by: { $0.sum < $1.sum }),
            most.sum - arrived > max(Self.toleratedCount, most.sum * Self.toleratedShare),
            most.sum < 1e9
        else { return nil }
        self.series = series
        self.arrived = arrived
        agent = most.agent
        pod = most.pod
        scraped = most.sum
    }

    func finding(
        _ query: QueryState, _ receivers: [ReceiverGroup], _ view: ClusterView
    ) -> Finding {
        Finding(
            "of the \(Int(scraped)) targets of \(agent.reference) only \(Int(arrived)) are to be "
                + "seen as \(series.selector)",
            object: ObjectReference(kind: "Series", name: series.selector),
            severity: .warning, confidence: .likely,
            evidence: [
                EvidenceItem(
                    "query", "count(\(series.selector)) is \(Int(arrived))",
                    command: query.command(
                        "/api/v1/query", query: "count(\(series.selector))", in: view)),
                EvidenceItem(
                    "metrics",
                    "pod \(pod.name): the sum of \(Self.targets) is \(Int(scraped))"),
            ],
            repair: Repair(
                text: "compare up by job at Query and at the agent, and look for batches that the "
                    + "agent dropped"),
            about: [agent.reference] + receivers.map(\.reference)
                + (query.component.map { [$0] } ?? []))
    }
}
