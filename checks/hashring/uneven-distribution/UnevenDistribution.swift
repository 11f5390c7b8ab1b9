import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let unevenDistribution = Check(
        "uneven-distribution",
        severity: .info,
        stage: .postRollout,
        summary: "One receiver holds far more series than the others",
        why: """
            Where a hashring has as many nodes as copies, every node must hold every series: a \
            difference there means that copies are missing. In larger rings hashing spreads \
            evenly only over many series, and a node with far more than its share needs more memory.
            """,
        fix: """
            See first that every receiver is in the hashring, knows itself there and runs with the \
            same file. If so, a lumpy distribution usually needs nothing; ketama on small rings and \
            a few tenants with rings of their own explain much of it.
            """,
        needs: .receiverFiles, .receiverMetrics("prometheus_tsdb_head_series"), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/3488",
        ],
        examples: unevenDistributionExamples
    ) { receivers, measured, now, view in
        RingFile.all(of: receivers).filter { $0.configuration.rings.count == 1 }.compactMap {
            finding($0, RingShare.all(of: $0, measured, now: now), view)
        }
    }
}

private let metric = "prometheus_tsdb_head_series"

/// The series of one node of a ring.
private struct RingShare {
    let pod: Pod
    let series: Double

    /// Of all nodes of a ring, or none: what is not known of one says nothing of the others.
    static func all(
        of file: RingFile, _ measured: ByOwner<MeasuredGroup>, now: Double
    ) -> [RingShare] {
        let shares = file.members.compactMap { member -> RingShare? in
            let name = member.group.podName(member.ordinal)
            guard let pod = member.group.pods.first(where: { $0.name == name }), pod.isReady,
                let page = measured.flatMap(\.pods).first(where: { $0.pod == pod.reference }),
                let series = page.sum(metric), (0..<1e15).contains(series),
                // The head holds the last hours: a younger pod has fewer series by right.
                let start = pod.startTime.flatMap(Timestamp.seconds), now - start > 3 * 3600
            else { return nil }
            return RingShare(pod: pod, series: series)
        }
        let isWhole = shares.count == file.configuration.rings[0].endpoints.count
        return isWhole ? shares : []
    }
}

private func finding(_ file: RingFile, _ shares: [RingShare], _ view: ClusterView) -> Finding? {
    guard shares.count > 1, let most = shares.max(by: { $0.series < $1.series }),
        let least = shares.min(by: { $0.series < $1.series })
    else { return nil }
    let group = file.readers[0]
    let mean = shares.reduce(0) { $0 + $1.series } / Double(shares.count)
    let holdsAll = group.replicationFactor >= shares.count
    // Few series are always lumpy.
    let isUneven =
        holdsAll ? least.series < 0.8 * most.series : most.series > 1.5 * mean
    guard mean > 1000, isUneven else { return nil }
    let message =
        holdsAll
        ? "\(least.pod.name) holds \(Int(least.series)) series and \(most.pod.name) "
            + "\(Int(most.series)), though every receiver is to hold every series"
        : "\(most.pod.name) holds \(Int(most.series)) series, the mean is \(Int(mean))"
    return Finding(
        message, object: group.reference,
        at: file.place(of: file.configuration.rings[0].nameRange),
        label: counted(shares.count, "endpoint"), confidence: .likely,
        evidence: shares.map { share in
            EvidenceItem(
                "cluster", "pod \(share.pod.name): \(metric) is \(Int(share.series))",
                command: group.showing(metrics: metric, of: share.pod.reference, in: view))
        },
        repair: Repair(
            text: holdsAll
                ? "see why \(least.pod.name) lacks copies: its place in the hashring, and its log"
                : "see that every receiver is in the hashring; otherwise nothing needs to be done"),
        about: file.participants + [most.pod.reference, least.pod.reference])
}
