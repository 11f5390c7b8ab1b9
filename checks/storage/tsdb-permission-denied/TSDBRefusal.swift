import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// Why a pod that is not ready may not write to its TSDB, in its own words.
struct TSDBRefusal {
    let pod: Pod
    let error: String
    let command: String

    /// Whether no right would help: nothing may be written there at all.
    var isReadOnly: Bool { error.contains(readOnly) }
}

extension RunningGroup {
    /// The pods that may not write to the TSDB.
    func tsdbRefusals(_ view: ClusterView) -> [TSDBRefusal] {
        runs.filter { !$0.pod.isReady }.compactMap { $0.refusal(of: group, view) }
    }
}

extension ReceiverRun {
    fileprivate func refusal(of group: ReceiverGroup, _ view: ClusterView) -> TSDBRefusal? {
        for log in tellingLogs {
            guard let error = log.lines.reversed().lazy.compactMap({ denial($0, group) }).first
            else { continue }
            return TSDBRefusal(
                pod: pod, error: error,
                command: log.showing(in: view))
        }
        guard status?.isRunning != true, let message = status?.termination?.message,
            let error = message.split(separator: "\n").lazy.compactMap({
                denial(String($0), group)
            }).first
        else { return nil }
        return TSDBRefusal(
            pod: pod, error: error,
            command: view.kubectl("describe pod \(pod.name)", namespace: pod.namespace))
    }
}

/// The error of a log line, when it says that the TSDB may not be touched.
private func denial(_ line: String, _ group: ReceiverGroup) -> String? {
    guard let denied = denials.first(where: line.contains) else { return nil }
    let error = LogRecord(line).error ?? line
    guard let end = error.firstRange(of: denied)?.lowerBound else { return nil }
    let words = error[..<end].split(whereSeparator: { " \":".contains($0) }).map(String.init)
    guard let verb = words.last(where: verbs.contains), let path = words.last else { return nil }
    // From v0.42.0 on the directory is opened first, so that the path is relative to it.
    if verb == "mkdirat" { return error }
    let root = group.flags.tsdbPath.cleanPath
    return path.cleanPath == root || path.cleanPath.hasPrefix(root + "/") ? error : nil
}

private let denials = [": permission denied", readOnly]
private let readOnly = ": read-only file system"
private let verbs: Set = ["mkdir", "mkdirat", "remove", "open", "openat", "dir", "unlinkat"]
