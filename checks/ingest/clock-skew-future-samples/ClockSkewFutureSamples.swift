import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let clockSkewFutureSamples = Check(
        "clock-skew-future-samples",
        severity: .error,
        stage: .postRollout,
        summary: "A client with a fast clock makes present samples too old",
        why: """
            The newest sample of a tenant decides how old the next may be. One batch from the \
            future, and a receiver refuses all samples of the present as "out of bounds" until the \
            time of that batch has come: 409 at every agent of the tenant, which drops them.
            """,
        fix: """
            Mend the clock, with NTP, and set --tsdb.too-far-in-future.time-window=5m on all \
            receivers, which refuses such samples alone. Then wait until the present has caught up, \
            or remove the tenant's WAL from every receiver, which loses what was not uploaded.
            """,
        needs: .receivers,
        .ifConfigured(
            .receiverMetrics(FutureHead.newest, FutureHead.outOfBounds, FutureHead.tooOld)),
        .optional(.receiverLogs), .optional(.objects(.leases)), .optional(.clocks), .now,
        .view,
        references: [
            "https://github.com/thanos-io/thanos/pull/6195",
            "https://thanos.io/tip/components/receive.md/",
        ],
        examples: clockSkewFutureSamplesExamples
    ) { receivers, measured, running, leases, clocks, now, view in
        let clock = ClusterClock(now: now, leases: leases ?? [])
        let nodes = clock.fastNodes.map { $0.finding(receivers, view) }
        let clusters = FastCluster.all(in: clocks ?? [], besides: view).map {
            $0.finding(receivers, view)
        }
        let poisoned = (measured ?? []).compactMap { measured in
            finding(FutureHead.all(of: measured, now: clock.now), measured.group, view)
        }
        let blocked = (running ?? []).compactMap { refused($0, now: now, view) }
        let found = Set((poisoned + blocked).map(\.object))
        let open = receivers.filter { !found.contains($0.reference) && $0.isWhole(in: view) }
            .compactMap { unguarded($0, view) }
        return poisoned + blocked + nodes + clusters + open
    }
}

private let flag = "--tsdb.too-far-in-future.time-window"

private func finding(
    _ heads: [FutureHead], _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    guard let worst = heads.first(where: \.refusesPresent) ?? heads.first else { return nil }
    let others = heads.count > 1 ? ", and of \(heads.count - 1) more" : ""
    return Finding(
        "the newest sample of tenant \(worst.tenant)\(others) lies "
            + "\(spoken(seconds: worst.ahead)) in the future"
            + (worst.refusesPresent ? ", and samples of the present are refused" : ""),
        object: group.reference, at: group.range(ofFlag: flag),
        label: group.flags.isGiven(flag) ? "the guard" : "no guard against it",
        severity: worst.refusesPresent ? nil : .warning,
        evidence: heads.prefix(4).map { head in
            EvidenceItem(
                "metrics",
                "pod \(head.pod.name): \(FutureHead.newest) of tenant \(head.tenant) is "
                    + "\(spoken(seconds: head.ahead)) ahead",
                command: group.showing(metrics: FutureHead.newest, of: head.pod, in: view))
        },
        repair: Repair(
            text: "mend the clock of the client and set \(flag)=5m; the tenant's samples are taken "
                + "again when the present has caught up"),
        about: heads.map(\.pod) + group.services.map(\.reference))
}

/// The guard has refused samples: the receiver is well, a client is not.
private func refused(_ running: RunningGroup, now: Double, _ view: ClusterView) -> Finding? {
    let group = running.group
    let lines = running.logs.current.flatMap { log in
        log.lines.filter { $0.contains("block metric too far in the future") }
            .map { (log: log, record: LogRecord($0)) }
    }.filter { line in line.record.time.map { (-60...600).contains(now - $0) } ?? false }
    guard let line = lines.last else { return nil }
    let record = line.record
    let ahead = record["timestamp"].flatMap(Double.init).map { $0 / 1000 - now }
    let distance = ahead.map { $0 > 0 ? " \(spoken(seconds: $0)) in the future" : "" } ?? ""
    return Finding(
        "a client of tenant \(record["tenant"] ?? "") sends samples\(distance), which are refused",
        object: group.reference, at: group.range(ofFlag: flag), label: "the guard",
        severity: .warning,
        evidence: [
            EvidenceItem(
                "logs",
                "pod \(line.log.pod.name): \(counted(lines.count, "sample")) of the last minutes, "
                    + "the last of \(record["lset"] ?? "an unknown series")",
                command: line.log.showing(in: view))
        ],
        repair: Repair(text: "mend the clock of the client; the series names it"),
        about: [line.log.pod] + group.services.map(\.reference))
}

/// A receiver that takes samples of any time to come.
private func unguarded(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard group.flags.mode != .routerOnly,
        group.flags.tooFarInFutureTimeWindow ?? .zero == .zero,
        !group.flags.isGiven(flag) || group.flags.tooFarInFutureTimeWindow != nil,
        // The flag came with v0.32.
        (group.version ?? Version(0, 32)) >= Version(0, 32)
    else { return nil }
    let reference = group.reference
    let doubt = group.version == nil ? "; the release is not known, and needs v0.32" : ""
    return Finding(
        "samples are taken however far in the future they are\(doubt)",
        object: reference, at: group.range(ofFlag: flag), label: "no guard against fast clocks",
        severity: .info, confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(reference): \(flag) is 0s, which is off",
                command: view.kubectl(
                    "get \(reference.kind.lowercased()) \(reference.name) -o yaml",
                    namespace: reference.namespace))
        ],
        repair: Repair(text: "set \(flag)=5m on all receivers"),
        about: group.services.map(\.reference))
}
