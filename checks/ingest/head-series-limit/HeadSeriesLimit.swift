import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let headSeriesLimit = Check(
        "head-series-limit",
        severity: .warning,
        summary: "A limit on active series or requests is reached",
        why: """
            Above its limit of active series a tenant is answered 429, and a request above a limit \
            on its size 413, which agents drop. The limit of series is only applied when the \
            meta-monitoring answers: without it the receivers take everything and say nothing.
            """,
        fix: """
            Find out what made the series grow, then raise the tenant's limit or send less. Give \
            head_series_limit a meta_monitoring_url that the receivers reach, on the receivers \
            that have a hashring.
            """,
        needs: .receiverFiles, .ifConfigured(.receiverLogs),
        .optional(
            .receiverRates(
                LimitMetrics.limited, LimitMetrics.failedQueries, LimitMetrics.oversized)),
        .view, .now,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/blob/main/mixin/alerts/receive.libsonnet",
        ],
        examples: headSeriesLimitExamples
    ) { receivers, logged, rates, view, now in
        receivers.flatMap { group in
            let running = logged?.of(group.reference)
            let pods = rates?.of(group.reference)?.pods ?? []
            let file = LimitsFile(group, view)
            let lines = ReceiverComplaint.all(
                in: running, saying: "tenant above limit", "failed to query meta-monitoring",
                "error while limiting", "error reloading tenant limits config", now: now, view)
            let metrics = pods.map(LimitMetrics.init)
            return [
                reached(group, file, lines, metrics, view),
                unwatched(group, file, lines, metrics, view),
                uncounted(group, file, lines), notReloaded(group, file, lines),
                oversized(group, file, metrics, view),
            ].compactMap(\.self) + (file?.faults(among: receivers, view) ?? [])
        }
    }
}

/// A tenant is above its limit.
private func reached(
    _ group: ReceiverGroup, _ file: LimitsFile?, _ lines: [ReceiverComplaint],
    _ metrics: [LimitMetrics], _ view: ClusterView
) -> Finding? {
    let lines = lines.filter { $0.isCurrent && $0.record.message == "tenant above limit" }
    let pods = metrics.filter { $0.limitedPerSecond > 0 }
    guard !lines.isEmpty || !pods.isEmpty else { return nil }
    let tenant = lines.first?.record["tenant"] ?? pods.first?.limitedTenant
    let numbers = lines.first.flatMap { line in
        line.record["currentSeries"].flatMap { series in
            line.record["limit"].map { " (\(series) series, the limit is \($0))" }
        }
    }
    return Finding(
        "\(tenant.map { "tenant \($0)" } ?? "a tenant") is above its limit of active series"
            + (numbers ?? "") + ": its writes are answered 429",
        object: group.reference,
        at: file?.headLimit(ofTenant: tenant)?.range ?? group.range(ofFlag: limitsFlag),
        label: "reached",
        evidence: lines.prefix(2).map { $0.evidence("tenant above limit") }
            + pods.prefix(4).map {
                $0.evidence("writes are limited", LimitMetrics.limited, group, view)
            },
        repair: Repair(text: "find what made the series grow, or raise head_series_limit"),
        about: pods.map(\.pod.pod) + group.services.map(\.reference))
}

/// The limit cannot be applied: nobody says how many series there are.
private func unwatched(
    _ group: ReceiverGroup, _ file: LimitsFile?, _ lines: [ReceiverComplaint],
    _ metrics: [LimitMetrics], _ view: ClusterView
) -> Finding? {
    let lines = lines.filter {
        $0.isCurrent && $0.record.message == "failed to query meta-monitoring"
    }
    let pods = metrics.filter { $0.failedQueriesPerSecond > 0 }
    guard !lines.isEmpty || !pods.isEmpty else { return nil }
    let error = lines.first?.record.error.map { ": \($0)" } ?? ""
    return Finding(
        "the limit of active series is not applied: meta-monitoring cannot be queried\(error)",
        object: group.reference,
        at: file?.metaMonitoring?.range ?? group.range(ofFlag: limitsFlag),
        label: "is asked every 15 s",
        evidence: lines.prefix(2).map { $0.evidence($0.record.error ?? $0.record.message) }
            + pods.prefix(4).map {
                $0.evidence("queries fail", LimitMetrics.failedQueries, group, view)
            },
        repair: Repair(text: "correct meta_monitoring_url, or mend the Query behind it"),
        about: pods.map(\.pod.pod) + group.services.map(\.reference))
}

/// Requests above a limit on one request, which are answered 413.
private func oversized(
    _ group: ReceiverGroup, _ file: LimitsFile?, _ metrics: [LimitMetrics], _ view: ClusterView
) -> Finding? {
    let pods = metrics.filter { $0.oversizedLimit != nil }
    guard let first = pods.first, let limit = first.oversizedLimit else { return nil }
    return Finding(
        "requests of tenant \(limit.tenant) are above its limit on \(limit.name) and answered 413: "
            + "the agents drop them",
        object: group.reference, at: file?.requestLimits?.range ?? group.range(ofFlag: limitsFlag),
        label: "reached",
        evidence: pods.prefix(4).map {
            $0.evidence("requests are too large", LimitMetrics.oversized, group, view)
        },
        repair: Repair(
            text: "lower max_samples_per_send of the agents, or raise the limit on requests"),
        about: pods.map(\.pod.pod) + group.services.map(\.reference))
}
