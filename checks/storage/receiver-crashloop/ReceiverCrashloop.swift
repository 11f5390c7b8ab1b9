import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let receiverCrashloop = Check(
        "receiver-crashloop",
        severity: .critical,
        stage: .postRollout,
        summary: "Receiver pods end soon after each start",
        why: """
            A receiver that is restarted again and again takes no writes. When fewer are ready \
            than the quorum asks for, every write is refused and the agents queue.
            """,
        fix: """
            Read the log of the run before the restart: its last error line names the cause. Mend \
            that; deleting the pod only starts the same run again.
            """,
        needs: .receiverPods, .optional(.receiverLogs), .now, .view,
        references: [
            "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",
            "https://github.com/thanos-io/thanos/issues/4035",
        ],
        examples: receiverCrashloopExamples
    ) { running, logged, now, view in
        (logged ?? running).compactMap { finding($0, now: now, view) }
    }
}

private struct Crash {
    let pod: Pod
    let status: ContainerStatus
    private let log: ContainerLog?
    var isWaiting: Bool { status.waitingReason == "CrashLoopBackOff" }

    init?(_ run: ReceiverRun, now: Double) {
        guard let status = run.status else { return nil }
        pod = run.pod
        log = run.endedLog
        self.status = status
        guard !isWaiting, !Self.hasJustBegunAgain(status, now: now) else { return }
        let hasEnded = !status.isRunning && status.waitingReason == nil
        guard hasEnded, !status.isReady, status.restartCount > 0,
            let code = status.termination?.exitCode, code != 0
        else { return nil }
    }

    /// Whether it runs for the moment: it has ended three times, the last time a short while ago.
    private static func hasJustBegunAgain(_ status: ContainerStatus, now: Double) -> Bool {
        guard status.isRunning, !status.isReady, status.restartCount >= 3,
            let end = status.termination, end.exitCode != 0,
            let time = end.node["finishedAt"]?.string.flatMap(Timestamp.seconds(rfc3339:))
        else { return false }
        return (0...900).contains(now - time)
    }

    /// What an exit code says about the reason.
    var meaning: String {
        switch (status.termination?.exitCode, status.termination?.reason) {
        case (137?, "OOMKilled"?): "the kernel ended it for its use of memory"
        case (137?, _): "killed, by the liveness probe or the node"
        case (143?, _): "asked to end, by the kubelet or a person"
        case (1?, _): "a configuration or storage error, named in the previous log"
        case (2?, _): "a command line that it refuses, or a panic"
        case (0?, _): "it ends without an error"
        case _: "see the previous log"
        }
    }

    /// What the process said at its end: Thanos' last error, or that of Go's runtime.
    func lastWords(_ view: ClusterView) -> EvidenceItem? {
        guard let log else { return nil }
        let words = log.lines.reversed().lazy.compactMap { line in
            ["fatal error: ", "panic: ", "thanos: error: "].contains(where: line.hasPrefix)
                ? line : LogRecord(line)["level"] == "error" ? LogRecord(line).error : nil
        }.first
        return words.map { log.evidence(shortened($0, to: 200), in: view) }
    }

    var summary: String {
        let code = status.termination?.exitCode.map { "exit code \($0), " } ?? ""
        return code + counted(status.restartCount, "restart")
    }
}

private func finding(_ running: RunningGroup, now: Double, _ view: ClusterView) -> Finding? {
    let group = running.group
    let crashes = running.runs.compactMap { Crash($0, now: now) }
    guard let worst = crashes.max(by: { $0.status.restartCount < $1.status.restartCount }) else {
        return nil
    }
    let namespace = group.reference.namespace
    let what =
        crashes.contains(where: \.isWaiting)
        ? "\(crashes.count == 1 ? "is" : "are") in CrashLoopBackOff" : "ended with an error"
    return Finding(
        "\(crashes.count) of \(counted(group.wantedPods, "receiver pod")) \(what): "
            + worst.summary,
        object: group.reference, at: group.workload.object.range,
        severity: group.servesWrites ? .warning : nil,
        evidence: crashes.map { crash in
            EvidenceItem(
                "cluster", "pod \(crash.pod.name): \(crash.summary): \(crash.meaning)",
                command: view.kubectl("get pod \(crash.pod.name)", namespace: namespace))
        } + (worst.lastWords(view).map { [$0] } ?? []),
        repair: Repair(
            command: view.kubectl(
                "logs \(worst.pod.name) -c \(group.container.name) --previous --tail=50",
                namespace: namespace)),
        about: crashes.map(\.pod.reference))
}
