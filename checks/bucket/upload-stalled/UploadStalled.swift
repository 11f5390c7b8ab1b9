import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let uploadStalled = Check(
        "upload-stalled",
        severity: .critical,
        stage: .postRollout,
        summary: "Receivers that uploaded their blocks no longer do",
        why: """
            A receiver uploads a block every two hours. When that stops, its disk fills, for \
            blocks that are not uploaded are not deleted, and whatever it holds is lost with its \
            volume. Queries lose what lies between the receivers' and the Store Gateway's data.
            """,
        fix: """
            Mend what the last error of the upload names: credentials that were rotated, a quota, \
            a lifecycle rule, the network. A block that is damaged holds up all that come after \
            it: move its directory out of the tenant's.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .asFarAsSeen(
            .receiverMetrics(
                "thanos_objstore_bucket_last_successful_upload_time",
                "prometheus_tsdb_head_max_time")),
        .now, .cluster,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/blob/main/mixin/alerts/receive.libsonnet",
        ],
        examples: uploadStalledExamples
    ) { receivers, running, buckets, measured, now, view in
        receivers.compactMap { group in
            let logs = running?.of(group.reference)
            let metrics = measured?.of(group.reference)
            let uploads = LastUpload.all(
                of: group, logs: logs,
                bucket: buckets?.first { $0.users.contains(group.reference) },
                metrics: metrics?.pods ?? [], view)
            return finding(group, uploads.filter { $0.isStalled(at: now) }, now: now, view)
                ?? finding(group, damaged: uploads.filter { $0.isHeldUp(at: now) }, view)
        }
    }
}

private func finding(
    _ group: ReceiverGroup, _ stalled: [LastUpload], now: Double, _ view: ClusterView
) -> Finding? {
    let failing = stalled.filter { $0.failure.map { !$0.isOld(at: now) } ?? false }
    // Without a failure the receiver may simply have been idle until an hour ago.
    let shown = failing.isEmpty ? stalled.filter { $0.isIngesting(at: now) } : failing
    guard let worst = shown.max(by: { $0.age(at: now) < $1.age(at: now) }) else { return nil }
    let reason = worst.failure.map { ": \($0.error)" } ?? ""
    let isCertain = !failing.isEmpty
    return Finding(
        "\(counted(shown.count, "receiver")) "
            + (worst.hasUploadedNothing
                ? "uploaded nothing since the start, \(hours(worst.age(at: now))) ago"
                : "uploaded last \(hours(worst.age(at: now))) ago") + reason,
        object: group.reference, at: group.range(ofFlag: group.objstoreFlag),
        label: "a block is due every two hours", severity: isCertain ? nil : .warning,
        confidence: isCertain ? .certain : .likely, evidence: shown.flatMap(\.evidence),
        repair: repair(worst, group, view), about: shown.map(\.pod.reference))
}

/// `read metadata for block`: blocks are uploaded in order, and this one cannot be read.
private func finding(
    _ group: ReceiverGroup, damaged: [LastUpload], _ view: ClusterView
) -> Finding? {
    guard let first = damaged.first, let failure = first.failure else { return nil }
    return Finding(
        "a damaged block holds up all uploads behind it on "
            + "\(counted(damaged.count, "receiver")): \(failure.error)",
        object: group.reference, at: group.range(ofFlag: group.objstoreFlag), severity: .error,
        evidence: damaged.flatMap(\.evidence), repair: repair(first, group, view),
        about: damaged.map(\.pod.reference))
}

private func repair(_ upload: LastUpload, _ group: ReceiverGroup, _ view: ClusterView) -> Repair {
    Repair(
        command: view.kubectl(
            "logs \(upload.pod.name) -c \(group.container.name) --tail=500 | grep -i upload",
            namespace: upload.pod.namespace),
        text: "mend what the error names; do not delete the volume: only it holds the data")
}

private func hours(_ seconds: Double) -> String {
    let tenths = (seconds / 360).rounded()
    return "\(tenths / 10) hours"
}
