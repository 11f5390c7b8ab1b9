import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let s3UploadUnverified = Check(
        "s3-upload-unverified",
        severity: .error,
        stage: .postRollout,
        summary: "Blocks do not reach the bucket",
        why: """
            The bucket's settings are first used about three hours after the first sample, when a \
            block is cut. Until uploads work, what a receiver holds is lost with its volume.
            """,
        fix: """
            Read the error of the upload: it names the bucket, the address or the permission. A \
            pod that is ended gracefully uploads at once, which proves the repair; of v0.42.0 to \
            v0.42.2 it does not.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .optional(.receiverRates(FailingOperations.metric)), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/",
            "https://github.com/thanos-io/thanos/issues/3241",
        ],
        examples: s3UploadUnverifiedExamples
    ) { receivers, running, buckets, rates, now, view in
        receivers.compactMap { group in
            let logs = running?.of(group.reference)
            return disabled(group, view)
                ?? logs.flatMap { failing($0, now: now, view) }
                ?? FailingOperations(rates?.of(group.reference)?.pods ?? [])?.finding(group, view)
                ?? unseen(group, in: buckets ?? [], now: now, view)
        }
    }
}

private func disabled(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let flags = group.flags
    // A router alone has no blocks to upload.
    guard flags.objstoreConfig == nil, flags.objstoreConfigFile == nil, flags.mode.stores,
        group.isWhole(in: view)
    else { return nil }
    var finding = Finding(
        "no object storage is configured: uploads are disabled, and the data ends with the volume",
        object: group.reference, at: group.range(ofFlag: "--objstore.config-file"),
        label: "neither --objstore.config-file nor --objstore.config", severity: .warning,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "no --objstore flag is given",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: "mount the bucket's configuration and name it with --objstore.config-file"))
    finding.standsAlone = true
    return finding
}

private func failing(
    _ running: RunningGroup, now: Double, _ view: ClusterView
) -> Finding? {
    let failures = UploadFailure.all(of: running, view)
    guard let newest = failures.max(by: { $0.time ?? 0 < $1.time ?? 0 }) else { return nil }
    let isOld = newest.isOld(at: now)
    let group = running.group
    return Finding(
        "uploads of \(counted(failures.count, "receiver")) fail: \(newest.error)",
        object: group.reference, at: group.range(ofFlag: "--objstore.config-file"),
        severity: isOld ? .warning : nil, confidence: isOld ? .likely : .certain,
        evidence: failures.map(\.evidence),
        repair: Repair(
            command: view.kubectl(
                "logs \(newest.pod.name) -c \(group.container.name) --tail=500 | grep -i upload",
                namespace: group.reference.namespace)),
        about: failures.map(\.pod))
}

/// What the bucket itself shows: an object that could not be written, or no block of receivers
/// that have had the time for one.
private func unseen(
    _ group: ReceiverGroup, in buckets: [BucketState], now: Double, _ view: ClusterView
) -> Finding? {
    guard group.flags.mode.stores,
        let bucket = buckets.first(where: { $0.users.contains(group.reference) })
    else { return nil }
    if let step = bucket.writeProbe?.first(where: { $0.failure != nil }),
        let failure = step.failure
    {
        return finding(
            group, bucket,
            "the probe of \(bucket.name) failed at \(step.action.rawValue): "
                + failure.words, .error, view)
    }
    guard let listing = bucket.listing, !listing.isCut, bucket.writeProbe == nil else { return nil }
    let silent = group.pods.filter { pod in
        pod.isReady && !listing.blocks.contains { group.mayOwn($0.labels, pod: pod) }
    }
    // Receivers share the series: as long as one uploads, another may have had nothing to keep.
    guard !silent.isEmpty, silent.count == group.pods.count, !group.flags.labels.isEmpty else {
        return nil
    }
    let ages = silent.compactMap { $0.startTime.flatMap(Timestamp.seconds(rfc3339:)) }
        .map { now - $0 }
    guard ages.count == silent.count, let youngest = ages.min() else { return nil }
    let isDue = youngest > group.uploadDelay
    let message =
        isDue
        ? "\(bucket.name) holds no block of \(counted(silent.count, "receiver")), and one is due"
        : "too early to tell: the first block comes \(Int(group.uploadDelay / 60)) minutes after "
            + "the first sample"
    return finding(group, bucket, message, isDue ? .warning : .info, view)
}

private func finding(
    _ group: ReceiverGroup, _ bucket: BucketState, _ message: String, _ severity: Severity,
    _ view: ClusterView
) -> Finding {
    Finding(
        message, object: group.reference, at: group.range(ofFlag: group.objstoreFlag),
        severity: severity,
        confidence: severity == .warning ? .likely : .certain,
        evidence: [
            EvidenceItem(
                "bucket", message,
                command: view.kubectl(
                    "logs \(group.pods.first?.name ?? group.reference.name) "
                        + "-c \(group.container.name) | grep -i upload",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: "read the log for errors of the upload, and check that the receivers get series"),
        about: group.pods.map(\.reference))
}
