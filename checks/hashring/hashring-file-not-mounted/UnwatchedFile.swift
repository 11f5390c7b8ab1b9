import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// The steps at which `NewConfigWatcher` in Thanos' pkg/receive/config.go fails.
private let watching = ["adding path", "creating file watcher"]

/// What a pod that is not ready says of the hashring file, which Thanos watches from its start.
struct UnwatchedFile {
    let pod: Pod
    let evidence: EvidenceItem
    let cause: Cause

    /// What the system answered, in its own words.
    struct Cause {
        let text: String

        /// Whether the node has no inotify watch or instance left (inotify_add_watch(2),
        /// inotify_init(2)).
        var isShortage: Bool { isWithoutWatches || text.contains("too many open files") }
        var isWithoutWatches: Bool { text.contains("no space left on device") }
        var isDenied: Bool { text.contains("permission denied") }
    }

    /// The first such complaint of a group.
    init?(_ running: RunningGroup, _ view: ClusterView) {
        for run in running.runs where !run.pod.isReady {
            let fault = run.lastFault(in: run.tellingLogs, view) { line in
                watching.contains(where: line.contains) ? line : nil
            }
            guard let fault else { continue }
            // The error is printed cause first, and the path stands behind the cause.
            let words = (LogRecord(fault.text)["err"] ?? fault.text).split(separator: "\n")
            let what = words.first { $0.contains("adding path") } ?? "--receive.hashrings-file"
            pod = run.pod
            cause = Cause(text: String(words.first ?? what))
            evidence = EvidenceItem(
                "logs", "pod \(run.pod.name): \(what): \(cause.text)", command: fault.command)
            return
        }
        return nil
    }

    func repair(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
        let node = pod.nodeName.map { "node \($0)" } ?? "the pod's node"
        if cause.isShortage {
            let limit = cause.isWithoutWatches ? "max_user_watches" : "max_user_instances"
            return Repair(
                text: "raise fs.inotify.\(limit) with sysctl on \(node); no volume is full")
        }
        if cause.isDenied {
            return Repair(text: "let the process read the file: defaultMode of its volume, fsGroup")
        }
        return Repair(
            command: view.kubectl(
                "rollout status \(group.reference.kind.lowercased())/\(group.reference.name)",
                namespace: group.reference.namespace))
    }
}
