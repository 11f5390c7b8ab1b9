import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let ingestOutOfBounds = Check(
        "ingest-out-of-bounds",
        severity: .warning,
        stage: .postRollout,
        summary: "Samples are rejected as older than the head accepts",
        why: """
            A receiver takes samples that are at most an hour older than its newest. After an \
            outage longer than that the agents send what they kept, and it is rejected: those \
            samples are lost. A client whose clock is wrong is rejected in the same words.
            """,
        fix: """
            After an outage accept the loss: it ends when the agents have caught up. To take late \
            samples, give --tsdb.out-of-order.time-window the two to four hours that an agent \
            keeps. When it does not end, look for a client with a wrong clock.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs),
        .optional(.receiverRates(outOfBounds, tooOld)), .view, .now,
        references: [
            "https://thanos.io/tip/operating/troubleshooting.md/",
            "https://github.com/thanos-io/thanos/issues/4831",
            "https://github.com/prometheus/prometheus/issues/7912",
        ],
        examples: ingestOutOfBoundsExamples
    ) { receivers, logged, rates, view, now in
        receivers.compactMap { group in
            let running = logged?.of(group.reference)
            let pods = rates?.of(group.reference)?.pods ?? []
            let lines = ReceiverComplaint.all(
                in: running, saying: "Error on ingesting samples that are too old",
                "outside of the allowed out-of-order time window", now: now, view)
            return finding(group, lines, pods.compactMap(OutdatedSamples.init), view)
        }
    }
}

private let outOfBounds = "prometheus_tsdb_out_of_bound_samples_total"
/// The same where there is a window for late samples.
private let tooOld = "prometheus_tsdb_too_old_samples_total"
private let windowFlag = "--tsdb.out-of-order.time-window"

/// A pod whose counters of rejected samples grow.
private struct OutdatedSamples {
    let pod: ObjectReference
    /// Samples a second.
    let rate: Double

    init?(_ pod: ScrapedPod) {
        let rate = (pod.rate(outOfBounds) ?? 0) + (pod.rate(tooOld) ?? 0)
        guard rate > 0, rate.isFinite else { return nil }
        self.pod = pod.pod
        self.rate = rate
    }

    var text: String { rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(min(rate, 1e15)))" }
}

private func finding(
    _ group: ReceiverGroup, _ lines: [ReceiverComplaint], _ rejected: [OutdatedSamples],
    _ view: ClusterView
) -> Finding? {
    let isNow = !rejected.isEmpty || lines.first?.isCurrent == true
    let pods = Set(rejected.map(\.pod) + lines.filter { $0.isCurrent == isNow }.map(\.pod))
    guard !pods.isEmpty else { return nil }
    let tenants = Set(lines.compactMap { $0.record["tenant"] }).sorted().prefix(4)
    let whose = tenants.isEmpty ? "" : " of \(tenants.joined(separator: ", "))"
    let time = lines.first.map { ", the last \(spoken(seconds: $0.age)) ago" } ?? ""
    let window = group.flags.text(of: windowFlag) ?? "0s"
    return Finding(
        "\(counted(pods.count, "receiver")) \(isNow ? "rejects".agreeing(pods.count) : "rejected") "
            + "samples\(whose) outside of what the head accepts" + (isNow ? "" : time),
        object: group.reference, at: group.range(ofFlag: windowFlag),
        label: "takes late samples for \(window)", severity: isNow ? nil : .info,
        confidence: isNow ? .certain : .likely,
        evidence: rejected.prefix(4).map { counter($0, group, view) }
            + pods.sorted { $0.name < $1.name }.prefix(4).compactMap { pod in
                lines.first { $0.pod == pod }.map { $0.evidence(words($0)) }
            },
        repair: repair(group),
        about: pods.sorted { $0.name < $1.name } + group.services.map(\.reference))
}

private func words(_ line: ReceiverComplaint) -> String {
    let count = line.record["numDropped"].map { ", \($0) dropped" } ?? ""
    return line.record.message + count
}

private func counter(
    _ rejected: OutdatedSamples, _ group: ReceiverGroup, _ view: ClusterView
) -> EvidenceItem {
    group.growth(
        " rejects \(rejected.text) samples a second", of: rejected.pod, "out_of_bound|too_old",
        in: view)
}

private func repair(_ group: ReceiverGroup) -> Repair {
    // Older releases end at once on a flag that they do not know.
    guard let version = group.version, version >= Version(0, 30) else {
        return Repair(text: "let the agents catch up, and compare the clocks of the clients")
    }
    if let window = group.flags.text(of: windowFlag), !window.hasPrefix("0") {
        return Repair(text: "let the agents catch up; what is older than \(window) is lost")
    }
    return Repair(
        text: "let the agents catch up; to take late samples set \(windowFlag)=4h, which needs "
            + "vertical compaction in the compactor")
}

extension String {
    /// A verb behind a number: `1 receiver rejects`, `2 receivers reject`.
    fileprivate func agreeing(_ number: Int) -> String {
        number == 1 ? self : String(dropLast())
    }
}
