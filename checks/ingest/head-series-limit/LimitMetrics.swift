import Diagnosis
import Evidence
import KubernetesModel
import MetricsText
import PipelineModel

/// What one receiver's metrics say of its limits.
struct LimitMetrics {
    static let limited = "thanos_receive_head_series_limited_requests_total"
    static let failedQueries = "thanos_receive_metamonitoring_failed_queries_total"
    static let oversized = "thanos_receive_write_limits_hit_count"

    let pod: ScrapedPod

    var limitedPerSecond: Double { pod.rate(Self.limited) ?? 0 }
    var failedQueriesPerSecond: Double { pod.rate(Self.failedQueries) ?? 0 }

    /// The first tenant whose writes are refused.
    var limitedTenant: String? { growing(Self.limited).first?["tenant"] }

    /// The first limit on requests that is hit.
    var oversizedLimit: (tenant: String, name: String)? {
        growing(Self.oversized).first.map { labels in
            let tenant = labels["tenant"] ?? ""
            return (tenant.isEmpty ? "default" : tenant, labels["limit"] ?? "size")
        }
    }

    private func growing(_ family: String) -> [[String: String]] {
        (pod.later?.points(family) ?? []).map(\.labels).filter { labels in
            pod.rate(family, where: labels) ?? 0 > 0
        }
    }

    func evidence(
        _ what: String, _ family: String, _ group: ReceiverGroup, _ view: ClusterView
    ) -> EvidenceItem {
        group.growth(": \(what), \(family) grows", of: pod.pod, family, in: view)
    }
}
