import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// Files of a receiver that are torn, and what that does to it.
struct Damage {
    /// From the least to the worst.
    enum Kind: Int, Comparable {
        /// The TSDB cut the damage off and runs.
        case repaired
        /// A block that stops the uploads of its tenant.
        case block
        /// It ends at every start.
        case fatal

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    let kind: Kind
    let pod: Pod
    let evidence: EvidenceItem
    private let text: String

    /// What the logs of a receiver say.
    init?(_ run: ReceiverRun, now: Double, _ view: ClusterView) {
        pod = run.pod
        let isDown = !run.pod.isReady && run.status?.isRunning != true
        if isDown, let fault = run.lastFault(in: run.logs, view, reading: fatalDamage(in:)) {
            (kind, text, evidence) = (.fatal, fault.text, fault.evidence)
        } else if let fault = run.tornBlock(now: now, view) {
            (kind, text, evidence) = (.block, fault.text, fault.evidence)
        } else if let fault = run.lastFault(in: run.tellingLogs, view, reading: repair(in:)) {
            (kind, text, evidence) = (.repaired, fault.text, fault.evidence)
        } else {
            return nil
        }
    }

    /// What a receiver counts since its start.
    init?(_ run: ReceiverRun, counted page: ScrapedPod, _ view: ClusterView) {
        let names = [
            "prometheus_tsdb_wal_corruptions_total", "prometheus_tsdb_mmap_chunk_corruptions_total",
        ]
        let found = names.compactMap { name in
            page.sum(name).flatMap { $0 > 0 ? "\(name) \(whole($0))" : nil }
        }
        guard !found.isEmpty else { return nil }
        pod = run.pod
        kind = .repaired
        text = found.joined(separator: ", ")
        evidence = EvidenceItem(
            "cluster", "pod \(run.pod.name): \(text)",
            command: view.kubectl(
                "logs \(run.pod.name) --tail=-1 | grep -i corrupt", namespace: run.pod.namespace))
    }

    var message: String {
        switch kind {
        case .fatal: "\(pod.name) cannot open its TSDB, and ends at every start: \(text)"
        case .block:
            "\(pod.name) holds a damaged block, at which the uploads of its tenant stop: \(text)"
        case .repaired:
            "\(pod.name) found damage and cut it off, with the samples behind it: \(text)"
        }
    }

    /// Whether it is a block that cannot be opened (Prometheus' `reloadBlocks` in tsdb/db.go).
    private var namesBlock: Bool {
        ["reloadBlocks", "corrupted block", "open block"].contains(where: text.contains)
    }

    /// - Parameter copies: how many receivers hold each series.
    func remedy(copies: Int) -> String {
        switch kind {
        // Who throws the head away for a block's sake loses hours, and ends as before.
        case .fatal where namesBlock:
            "mount its claim in another pod on the same node, and move the directory of the block "
                + "that the error names out of the tenant's; leave its wal where it is"
        case .fatal:
            "mount its claim in another pod on the same node, and move the wal and chunks_head of "
                + "the tenant that the error names out of its directory"
                + (copies > 1
                    ? "; on this receiver alone, for the others hold copies"
                    : ", and keep them: no other receiver has these samples")
        case .block:
            "move the directory of the block that the error names out of the tenant's, or give "
                + "--shipper.skip-corrupted-blocks, known since v0.39.0"
        case .repaired: "find why the receiver was killed: its memory, its disk, its grace period"
        }
    }
}

/// Why a TSDB cannot be opened; a disk without room is another fault.
private func fatalDamage(in line: String) -> String? {
    guard !line.contains("no space left"), !line.contains("permission denied") else { return nil }
    let error = LogRecord(line)["err"] ?? line
    let opens = ["opening storage", "open db", "opening TSDB", "repair corrupted WAL"]
    let damages = [
        "corruption in segment", "unexpected checksum", "invalid magic number",
        "unexpected end of JSON input", "repair corrupted WAL", "checksum mismatch",
        "unexpected non-zero byte", "invalid record",
    ]
    guard opens.contains(where: error.contains), damages.contains(where: error.contains) else {
        return nil
    }
    // Between the reasons stand the frames of a stack trace, which hold no space.
    let reasons = error.split(separator: "\n").filter { $0.contains(" ") && !$0.hasPrefix("\t") }
    return reasons.prefix(3).joined(separator: ": ").withoutFullStop
}

extension ReceiverRun {
    /// A block that stops the uploads of its tenant, unless they have gone on since.
    fileprivate func tornBlock(now: Double, _ view: ClusterView) -> LoggedFault? {
        var served: Set<String> = []
        let last = lastFault(in: tellingLogs, view) { line in
            if line.contains("upload new block"), let tenant = LogRecord(line)["tenant"] {
                served.insert(tenant)
            }
            return unreadableBlock(in: line).flatMap { error in
                served.contains { error.contains("/\($0)/") } ? nil : error
            }
        }
        // Uploads are tried every 30 seconds, and fail again.
        return last.flatMap { fault in fault.time.map { now - $0 > 3600 } == true ? nil : fault }
    }
}

/// A block that the shipper cannot read.
private func unreadableBlock(in line: String) -> String? {
    guard line.contains("upload failed") else { return nil }
    let record = LogRecord(line)
    guard record.message.hasSuffix("upload failed"), let error = record["err"],
        ["read metadata for block", "meta.json"].contains(where: error.contains),
        ["unexpected end of JSON input", "invalid character"].contains(where: error.contains)
    else { return nil }
    return error.split(separator: "\n").joined(separator: ": ").withoutFullStop
}

/// A damage that the TSDB mends itself (`Repair` in Prometheus' tsdb/wlog).
private func repair(in line: String) -> String? {
    let texts = [
        "encountered wal read error, attempting repair",
        "loading on-disk chunks failed",
    ]
    guard texts.contains(where: line.containsInAnyCase) else { return nil }
    let record = LogRecord(line)
    guard texts.contains(where: record.message.containsInAnyCase) else { return nil }
    return record.message + (record.error.map { ": \($0)" } ?? "")
}
