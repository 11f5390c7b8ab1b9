import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let receiverWalCorrupt = Check(
        "receiver-wal-corrupt",
        severity: .error,
        stage: .postRollout,
        summary: "A receiver's WAL, head chunks or a block are damaged",
        why: """
            A receiver that was killed or ran out of room while it wrote leaves torn files. It cuts \
            its WAL off at the damage and goes on; where it cannot, it ends at every start, and a \
            block without its meta.json stops the uploads of its tenant.
            """,
        fix: """
            Let one start repair it. If it ends again and again, move the damaged files of that \
            tenant out of its directory, on this receiver alone: where there are copies, the others \
            hold the samples. Then find why it was killed.
            """,
        needs: .receiverPods, .optional(.receiverLogs),
        .optional(
            .receiverMetrics(
                "prometheus_tsdb_wal_corruptions_total",
                "prometheus_tsdb_mmap_chunk_corruptions_total")),
        .now, .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/7496",
            "https://github.com/thanos-io/thanos/pull/8259",
            "https://github.com/prometheus/prometheus/issues/13027",
        ],
        examples: receiverWalCorruptExamples
    ) { running, logged, measured, now, view in
        let groups = running.map(\.group)
        return (logged ?? running).compactMap { running in
            let pages = measured?.of(running.group.reference)?.pods
            let copies = groups.copies(near: running.group).count
            return finding(running, pages ?? [], copies: copies, now: now, view)
        }
    }
}

private func finding(
    _ running: RunningGroup, _ pages: [ScrapedPod], copies: Int, now: Double,
    _ view: ClusterView
) -> Finding? {
    let group = running.group
    let damages =
        running.runs.compactMap { Damage($0, now: now, view) }
        + running.runs.compactMap { run in
            pages.first { $0.pod == run.pod.reference }.flatMap { Damage(run, counted: $0, view) }
        }
    guard let worst = damages.max(by: { $0.kind < $1.kind }) else { return nil }
    return Finding(
        worst.message, object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
        label: "damaged in \(worst.pod.name)", severity: worst.kind == .repaired ? .warning : nil,
        evidence: damages.map(\.evidence), repair: Repair(text: worst.remedy(copies: copies)),
        about: Set(damages.map(\.pod.reference)).sorted())
}
