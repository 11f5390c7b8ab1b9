import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let ingestOutOfOrder = Check(
        "ingest-out-of-order",
        severity: .error,
        stage: .postRollout,
        summary: "Samples are rejected as out of order or duplicate",
        why: """
            A receiver takes the samples of a series in the order of their time. What is older than \
            the newest, or has another value for the same time, is refused; when too few copies are \
            left the batch is answered with 409, and the agent drops it without another try.
            """,
        fix: """
            Find the second sender of the same series: two agents without external labels of their \
            own, a full Prometheus left behind, or metrics with times of their own. Where a sender \
            must catch up through several receivers, set --tsdb.out-of-order.time-window=30m \
            together with --compact.enable-vertical-compaction on the Compactor.
            """,
        needs: .receiverLogs, .optional(.receiverRates(requests)), .now, .view,
        references: [
            "https://thanos.io/tip/operating/troubleshooting.md/",
            "https://github.com/thanos-io/thanos/issues/4077",
        ],
        examples: ingestOutOfOrderExamples
    ) { running, rates, now, view in
        running.flatMap { running in
            let pods =
                rates?.of(running.group.reference)?.pods ?? []
            return RejectedSamples.all(of: running, now: now, view).prefix(5).compactMap {
                finding($0, pods, of: running.group, view)
            }
        }
    }
}

private let requests = "http_requests_total"
private let window = "--tsdb.out-of-order.time-window"

private func finding(
    _ rejected: RejectedSamples, _ pods: [ScrapedPod], of group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    guard rejected.isCurrent else { return nil }
    let refusals = pods.compactMap { pod in
        var labels = ["handler": "receive", "code": "409"]
        // The HTTP metrics know the tenant of the header, not the one that a label states.
        if !group.flags.isGiven("--receive.split-tenant-label-name") {
            labels["tenant"] = rejected.tenant
        }
        return pod.rate(requests, where: labels).map { (pod: pod.pod, rate: $0) }
    }.filter { $0.rate > 0 }
    let isLoss = !refusals.isEmpty && rejected.isSteady
    let rate = refusals.map(\.rate).reduce(0, +)
    return Finding(
        "samples of tenant \(rejected.tenant) are refused: "
            + rejected.reasons.joined(separator: ", ")
            + (isLoss ? "; \(shown(rate)) writes a second are answered with 409" : ""),
        object: group.reference, at: group.range(ofFlag: window),
        label: group.flags.isGiven(window) ? "takes no more than this" : "takes none out of order",
        severity: isLoss ? nil : rejected.isSteady ? .warning : .info,
        confidence: isLoss ? .certain : .likely,
        evidence: rejected.evidence
            + refusals.prefix(3).map { pod, rate in
                group.growth(
                    " answers \(shown(rate)) writes a second with 409", of: pod, requests, in: view)
            },
        repair: Repair(
            text: "find the second sender of tenant \(rejected.tenant)'s series; --log.level=debug "
                + "names them as lset="),
        about: rejected.pods.sorted { $0.name < $1.name } + group.services.map(\.reference))
}

private func shown(_ rate: Double) -> String {
    rate < 1e12 ? "\((rate * 10).rounded() / 10)" : "many"
}
