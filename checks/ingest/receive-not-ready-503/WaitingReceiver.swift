import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A receiver whose container runs and that does not take writes yet.
struct WaitingReceiver {
    static let status = "thanos_status"

    /// Longer than most starts.
    private static let patience = 600.0

    let run: ReceiverRun
    /// Seconds since it has not served; nil when that is not known.
    let age: Double?
    let reason: Reason?
    /// What `thanos_status` says, when somebody asked.
    private let saysSo: Bool

    var isLasting: Bool { (age ?? 0) >= Self.patience }

    /// What it is busy with, by its log.
    struct Reason {
        let text: String
        /// Since when, in seconds since 1970.
        var time: Double?
    }

    /// Nil when it serves, or when another fault than its start is in the way.
    init?(
        _ run: ReceiverRun, _ running: RunningGroup, _ pages: [ScrapedPod], _ view: ClusterView,
        now: Double
    ) {
        guard let status = run.status, status.isRunning, !run.pod.isTerminating else { return nil }
        let page = pages.first { $0.pod == run.pod.reference }
        let isReady = page?.sum(Self.status, where: ["check": "ready"]).map { $0 >= 1 }
        let log = run.logs.current.last
        // By its own word it serves: a probe that fails nevertheless is another fault.
        guard isReady ?? status.isReady != true, isReady != nil || log?.endsReady != true else {
            return nil
        }
        self.run = run
        saysSo = isReady == false
        let upload = UploadFailure.all(of: running, view).first { $0.pod == run.pod.reference }
        reason =
            upload.map { Reason(text: "the upload before it fails: \($0.error)") }
            ?? log?.reasonToWait
        let started = status.node["state"]?["running"]?["startedAt"]?.string
            .flatMap(Timestamp.seconds(rfc3339:))
        // A container that is ready to the kubelet may only have begun to change its hashring.
        let since =
            status.isReady ? reason?.time : [started, reason?.time].compactMap(\.self).max()
        age = since.map { max(now - $0, 0) }
        // One that comes back again and again is the fault of its end.
        if status.restartCount > 0, !isLasting { return nil }
    }

    func evidence(_ group: ReceiverGroup, _ view: ClusterView) -> EvidenceItem {
        let name = run.pod.name
        guard saysSo else {
            return EvidenceItem(
                "cluster", "pod \(name): container \(group.container.name) runs and is not ready",
                command: view.kubectl("get pod \(name) -o wide", namespace: run.pod.namespace))
        }
        return EvidenceItem(
            "metrics", "pod \(name): thanos_status{check=\"ready\"} is 0",
            command: group.showing(metrics: Self.status, of: run.pod.reference, in: view))
    }
}

extension ContainerLog {
    /// The last change of its readiness.
    private var lastChange: LogRecord? {
        lines.lazy.reversed().filter { $0.contains("changing probe status") }.map(LogRecord.init)
            .first { $0["status"] == "ready" || $0["status"] == "not-ready" }
    }

    fileprivate var endsReady: Bool { lastChange?["status"] == "ready" }

    fileprivate var reasonToWait: WaitingReceiver.Reason? {
        if endsInReplay {
            let segment = lines.last { $0.contains("WAL segment loaded") }.map(LogRecord.init)
            let place = segment.flatMap { segment in
                segment["segment"].flatMap { number in
                    segment["maxSegment"].map { ", segment \(number) of \($0)" }
                }
            }
            return WaitingReceiver.Reason(text: "it reads its WAL" + (place ?? ""))
        }
        if let change = lastChange, change["reason"]?.contains("hashring has changed") == true {
            return WaitingReceiver.Reason(
                text: "its hashring has changed, and it opens its TSDBs and uploads once before it "
                    + "serves", time: change.time)
        }
        guard !lines.isEmpty, !isTail, !lines.contains(where: { $0.contains("hashring") }) else {
            return nil
        }
        return WaitingReceiver.Reason(text: "it has no hashring yet")
    }
}
