import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let tsdbDiskFull = Check(
        "tsdb-disk-full",
        severity: .critical,
        summary: "The volume of a receiver's TSDB is full",
        why: """
            A receiver that cannot write its WAL refuses every sample, and still says that it is \
            ready. Blocks that are not in the bucket are never deleted since v0.35.0, so \
            that uploads which fail for long end here; a restart then fails for lack of room too.
            """,
        fix: """
            See first why uploads fail, if they do: they free the room. Else expand the claim, if \
            its StorageClass allows that, and then lower --tsdb.retention to what the volume holds.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs),
        .optional(
            .receiverMetrics(
                "prometheus_tsdb_storage_blocks_bytes", "prometheus_tsdb_wal_storage_size_bytes",
                "prometheus_tsdb_head_chunks_storage_size_bytes")),
        .optional(.objects(.claims)), .optional(.objects(.storageClasses)), .now, .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/7391",
            "https://github.com/thanos-io/thanos/pull/7166",
            "https://kubernetes.io/docs/concepts/storage/persistent-volumes/",
        ],
        examples: tsdbDiskFullExamples
    ) { receivers, logged, measured, claims, classes, now, view in
        let full = (logged ?? []).compactMap {
            fullVolumes(of: $0, claims ?? [], classes, now: now, view)
        }
        let told = Set(full.map(\.object))
        let filling = (measured ?? []).filter { !told.contains($0.group.reference) }
            .compactMap { $0.filling(claims ?? [], view) }
        return full + filling + receivers.compactMap { endlessGrowth($0, claims ?? [], view) }
    }
}

/// A pod that says that its volume is full.
private struct Complaint {
    let fault: LoggedFault
    /// Whether it is so now: it does not run, or said it within five minutes.
    let isPresent: Bool

    init(_ fault: LoggedFault, _ run: ReceiverRun, now: Double) {
        self.fault = fault
        isPresent =
            run.status?.isRunning != true || (fault.time.map { now - $0 < 300 } ?? !run.pod.isReady)
    }
}

private func fullVolumes(
    of running: RunningGroup, _ claims: [KubernetesObject], _ classes: [KubernetesObject]?,
    now: Double, _ view: ClusterView
) -> Finding? {
    let group = running.group
    let complaints = running.runs.compactMap { run in
        run.lastFault(in: run.tellingLogs, view, reading: fullVolume(in:))
            .map { Complaint($0, run, now: now) }
    }
    let present = complaints.filter(\.isPresent)
    let told = present.isEmpty ? complaints : present
    guard let first = told.first?.fault else { return nil }
    let pods = told.map(\.fault.pod.reference)
    let volumes = told.compactMap { group.tsdbClaim(of: $0.fault.pod) }
    let expansion = ClaimExpansion(of: volumes, claims, classes, view)
    return Finding(
        present.isEmpty
            ? "the volume of \(counted(told.count, "receiver")) was full: \(first.text)"
            : "the volume of \(told.count) of \(counted(group.wantedPods, "receiver")) is full: "
                + first.text,
        object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
        label: "no room left here", severity: severity(present.map(\.fault.pod.reference), group),
        confidence: present.isEmpty ? .likely : .certain, evidence: told.map(\.fault.evidence),
        repair: Repair(
            command: expansion.command,
            text: "mend the uploads, \(expansion.advice), then lower --tsdb.retention"),
        about: pods + volumes)
}

private func severity(_ present: [ObjectReference], _ group: ReceiverGroup) -> Severity? {
    if present.isEmpty { return .warning }
    // What the others take is not lost; what this one held is no longer there in every copy.
    return group.servesWrites(without: Set(present)) ? .error : nil
}

/// What a line says of a volume without room; nil for what it repeats of another receiver.
private func fullVolume(in line: String) -> String? {
    let texts = ["no space left on device", "disk quota exceeded"]
    // A node without inotify watches left says the same of a file that is to be watched.
    guard texts.contains(where: line.contains), !line.contains("file watcher") else { return nil }
    let error = LogRecord(line).error ?? line
    // What became of the copies of a write stands in one line.
    for part in error.split(separator: "; ") {
        guard let end = texts.lazy.compactMap({ part.firstRange(of: $0) }).first,
            !part[..<end.lowerBound].contains("rpc error")
        else { continue }
        return String(part[..<end.upperBound])
    }
    return nil
}
