import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel
import ReceiveFlags

extension Check {
    static let compactorOverlapHalt = Check(
        "compactor-overlap-halt",
        severity: .error,
        stage: .postRollout,
        summary: "The Compactor has halted on overlapping blocks, or will",
        why: """
            The Compactor stops for good when it finds two blocks of equal labels that cover the \
            same time; its pod stays Running. From then on nothing is compacted, downsampled or \
            deleted: the bucket grows, and queries over long ranges become slow.
            """,
        fix: """
            Give receivers labels that differ, run one Compactor for a bucket, then move one of \
            each pair of overlapping blocks out of the bucket and restart the Compactor. Where \
            out-of-order samples are taken, enable vertical compaction, which cannot be undone.
            """,
        needs: .components, .optional(.receivers), .allViews, .asFarAsSeen(.componentLogs),
        .asFarAsSeen(.componentMetrics("thanos_compact_halted")), .asFarAsSeen(.buckets), .view,
        references: [
            "https://thanos.io/tip/operating/troubleshooting.md/#overlaps",
            "https://thanos.io/tip/components/compact.md/",
        ],
        examples: compactorOverlapHaltExamples
    ) { components, receivers, views, running, measured, buckets, view in
        let compactors = components.filter { $0.program == .compact && $0.container.image != nil }
        return compactors.flatMap { compactor -> [Finding] in
            let sharing = (receivers ?? []).filter {
                $0.objectStore.isSame(as: compactor.objectStore) == true
            }
            let logs = running?.first { $0.component.reference == compactor.reference }?.logs
            let pods = measured?.first { $0.component.reference == compactor.reference }?.pods
            if let halt = Halt(logs: logs ?? [], pods: pods ?? [], view) {
                return [finding(halt, compactor, sharing, view)]
            }
            let bucket = buckets?.first { $0.users.contains(compactor.reference) }
            let overlap = bucket.flatMap { Overlap(in: $0, for: compactor) }
            let seen = overlap.map { finding($0, compactor, sharing, view) }
            guard view.otherManifests(of: compactor.workload).isEmpty else { return [] }
            return [
                seen, severalCompactors(on: compactor, among: views, view),
                unmergedDisorder(compactor, sharing, view),
                unmergedCopies(compactor, sharing, view),
            ].compactMap(\.self)
        }
    }
}

/// Receivers that hold different series write blocks that overlap, and each is the only copy.
private let merging =
    "merge the blocks with --compact.enable-vertical-compaction, which cannot be undone; move one "
    + "of a pair away only where both hold the same samples"

private func finding(
    _ halt: Halt, _ compactor: ThanosComponent, _ sharing: [ReceiverGroup], _ view: ClusterView
) -> Finding {
    Finding(
        halt.message, object: compactor.reference, at: compactor.nameRange,
        evidence: halt.evidence,
        repair: Repair(
            command: view.kubectl(
                "logs \(compactor.pods.first?.name ?? compactor.reference.name) "
                    + "| grep -e halting -e overlaps",
                namespace: compactor.reference.namespace),
            text: halt.isOverlap
                ? "mend the labels, \(merging), and restart"
                : "mend what the line names, and restart; leave blocks that it does not name"),
        about: sharing.map(\.reference) + compactor.pods.map(\.reference))
}

private func finding(
    _ overlap: Overlap, _ compactor: ThanosComponent, _ sharing: [ReceiverGroup],
    _ view: ClusterView
) -> Finding {
    Finding(
        "\(counted(overlap.pairs, "pair")) of uploaded blocks with equal labels overlap, "
            + "\(overlap.first.ulid) and \(overlap.second.ulid) first: the Compactor halts on them",
        object: compactor.reference, at: compactor.nameRange, severity: .warning,
        confidence: .likely,
        evidence: [
            EvidenceItem(
                "bucket", "\(overlap.bucket): \(overlap.first.ulid) and \(overlap.second.ulid)",
                command: "thanos tools bucket inspect --objstore.config-file=FILE")
        ],
        repair: Repair(
            text: "give the receivers labels that differ, and \(merging)"),
        about: sharing.map(\.reference))
}
