import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let receiverOomkilled = Check(
        "receiver-oomkilled",
        severity: .critical,
        stage: .postRollout,
        summary: "A receiver is killed for lack of memory",
        why: """
            A receiver that is killed takes no writes, and reads its whole WAL again at the next \
            start, for which it needs more memory than before. Its series move to nobody: the \
            others hold their own share and the retries of the agents, and may follow it.
            """,
        fix: """
            Raise the memory limit until the replay is done, then look for what grew: the series \
            of the head, by tenant. Cap them with --receive.limits-config, or add receivers \
            together with their endpoints in the hashring.
            """,
        needs: .receiverPods, .optional(.receiverLogs),
        .optional(.receiverMetrics("prometheus_tsdb_head_series")), .now, .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/1624",
            "https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/",
        ],
        examples: receiverOomkilledExamples
    ) { running, logged, measured, now, view in
        (logged ?? running).compactMap { running in
            let pages = measured?.of(running.group.reference)?.pods
            return finding(running, pages ?? [], now: now, view)
        }
    }
}

/// A receiver whose last end was the kernel's doing.
private struct Kill {
    let run: ReceiverRun
    let restarts: Int
    /// Seconds since it happened.
    let age: Double?
    /// Whether it had not come to the end of its WAL.
    let wasReplaying: Bool

    init?(_ run: ReceiverRun, now: Double) {
        guard let status = run.status, let end = status.termination, end.reason == "OOMKilled"
        else { return nil }
        self.run = run
        restarts = status.restartCount
        age = end.node["finishedAt"]?.string.flatMap(Timestamp.seconds(rfc3339:)).map { now - $0 }
        wasReplaying = run.endedLog?.endsInReplay ?? false
    }

    /// Whether the receiver takes no writes because of it: it is down, or has just begun anew.
    var isPresent: Bool {
        !run.pod.isReady && (run.status?.isRunning != true || (age ?? 0) < 3600)
    }

    var isOld: Bool { (age ?? 0) > 86400 }
}

private func finding(
    _ running: RunningGroup, _ pages: [ScrapedPod], now: Double, _ view: ClusterView
) -> Finding? {
    let group = running.group
    let kills = running.runs.compactMap { Kill($0, now: now) }
    guard !kills.isEmpty else { return nil }
    let limit = group.memoryLimit
    return Finding(
        message(kills, of: group), object: group.reference,
        at: (limit ?? group.container.node["resources"]?.key("limits")
            ?? group.container.node["name"])?.range,
        label: limit == nil ? "no memory limit is stated" : "too little for it",
        severity: severity(of: kills, group),
        evidence: kills.map { evidence($0, group, view) }
            + pages.compactMap { series(of: $0, port: group.httpPort ?? 10902, view) },
        repair: repair(of: group, view), about: kills.map(\.run.pod.reference))
}

private func severity(of kills: [Kill], _ group: ReceiverGroup) -> Severity? {
    guard kills.contains(where: \.isPresent) else {
        return kills.allSatisfy(\.isOld) ? .info : .warning
    }
    return group.servesWrites ? .error : nil
}

private func message(_ kills: [Kill], of group: ReceiverGroup) -> String {
    let limit = group.memoryLimit?.string.map { " at a limit of \($0)" } ?? ""
    let restarts = kills.map(\.restarts).max() ?? 0
    let replay = kills.count == 1 ? "it replayed its WAL" : "they replayed their WAL"
    let moment = kills.contains(where: \.wasReplaying) ? ", while \(replay)" : ""
    let outcome =
        kills.contains { !$0.run.pod.isReady }
        ? "" : "; \(kills.count == 1 ? "it is" : "they are") ready again"
    return "\(kills.count) of \(counted(group.wantedPods, "receiver")) "
        + "\(kills.count == 1 ? "was" : "were") killed for lack of memory\(limit)\(moment), "
        + counted(restarts, "restart") + outcome
}

private func evidence(
    _ kill: Kill, _ group: ReceiverGroup, _ view: ClusterView
) -> EvidenceItem {
    let time = kill.run.status?.termination?.node["finishedAt"]?.string.map { " at \($0)" } ?? ""
    let name = kill.run.pod.name
    return EvidenceItem(
        "cluster",
        "pod \(name): OOMKilled\(time), \(counted(kill.restarts, "restart"))"
            + (kill.wasReplaying ? "; its log ends in the replay of the WAL" : ""),
        command: view.kubectl("describe pod \(name)", namespace: group.reference.namespace))
}

private func series(of page: ScrapedPod, port: Int, _ view: ClusterView) -> EvidenceItem? {
    page.sum("prometheus_tsdb_head_series").flatMap { Int(exactly: $0) }.map { series in
        EvidenceItem(
            "cluster", "pod \(page.pod.name) holds \(series) series in its head",
            command: view.metricsCommand(of: page.pod, port: port, "head_series"))
    }
}

/// Twice the limit, which is what a replay may need.
private func repair(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
    let text = group.changingTemplate(
        "raise the memory limit of container \(group.container.name) until the WAL is read")
    let mebi = 1_048_576.0
    guard let limit = group.memoryLimit?.string.flatMap(Quantity.init), limit.value >= mebi,
        limit.value < 1e15,
        ["StatefulSet", "Deployment", "DaemonSet"].contains(group.reference.kind)
    else { return Repair(text: text) }
    let wanted = Int(limit.value / mebi) * 2
    let size = wanted % 1024 == 0 ? "\(wanted / 1024)Gi" : "\(wanted)Mi"
    let patch =
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"\(group.container.name)\","
        + "\"resources\":{\"limits\":{\"memory\":\"\(size)\"}}}]}}}}"
    return Repair(
        command: view.kubectlPatch(group.reference, patch, type: "strategic"), text: text)
}

extension ReceiverGroup {
    fileprivate var memoryLimit: Node? {
        container.node["resources"]?["limits"]?["memory"].flatMap { $0.isNull ? nil : $0 }
    }
}
