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
            pod that is ended gracefully uploads at once, which proves the repair.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/",
            "https://github.com/thanos-io/thanos/issues/3241",
        ],
        examples: s3UploadUnverifiedExamples
    ) { receivers, running, now, view in
        receivers.compactMap { disabled($0, view) }
            + (running ?? []).compactMap { failing($0, now: now, view) }
    }
}

private func disabled(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let flags = group.flags
    // A router alone has no blocks to upload.
    guard flags.objstoreConfig == nil, flags.objstoreConfigFile == nil, flags.mode.stores,
        !group.isPatch
    else { return nil }
    return Finding(
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
}

private struct Failure {
    let pod: ObjectReference
    let error: String
    let time: Double?
    let command: String
}

private func failing(_ running: RunningGroup, now: Double, _ view: ClusterView) -> Finding? {
    let failures = running.pods.compactMap { lastFailure(of: $0, running, view) }
    guard let newest = failures.max(by: { $0.time ?? 0 < $1.time ?? 0 }) else { return nil }
    // Uploads are tried every 30 seconds: an old failure that nothing follows proves little.
    let isOld = newest.time.map { now - $0 > 3600 } ?? false
    let group = running.group
    return Finding(
        "uploads of \(counted(failures.count, "receiver")) fail: \(newest.error)",
        object: group.reference, at: group.range(ofFlag: "--objstore.config-file"),
        severity: isOld ? .warning : nil, confidence: isOld ? .likely : .certain,
        evidence: failures.map {
            EvidenceItem("logs", "pod \($0.pod.name): \($0.error)", command: $0.command)
        },
        repair: Repair(
            command: view.kubectl(
                "logs \(newest.pod.name) -c \(group.container.name) --tail=500 | grep -i upload",
                namespace: group.reference.namespace)),
        about: failures.map(\.pod))
}

/// The failure that is a pod's last word on uploads.
private func lastFailure(
    of pod: Pod, _ running: RunningGroup, _ view: ClusterView
) -> Failure? {
    var last: Failure?
    for log in running.logs(of: pod) {
        for line in log.lines where line.contains("upload") {
            let record = LogRecord(line)
            let message = record.message
            if message.hasSuffix("upload failed"), let error = record.error {
                last = Failure(
                    pod: pod.reference,
                    error: error.hasSuffix(".") ? String(error.dropLast()) : error,
                    time: record.time,
                    command: view.kubectl(log.command, namespace: pod.namespace))
            } else if successes.contains(message) {
                last = nil
            }
        }
    }
    return last
}

/// What the shipper says when it begins with a block, and the receiver when it ends with one.
private let successes: Set = ["upload new block", "the final cut block was uploaded"]
