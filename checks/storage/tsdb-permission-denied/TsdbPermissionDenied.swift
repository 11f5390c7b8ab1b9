import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let tsdbPermissionDenied = Check(
        "tsdb-permission-denied",
        severity: .critical,
        stage: .postRollout,
        summary: "The receiver may not create or open its TSDB directory",
        why: """
            A receiver that cannot write below --tsdb.path exits at once, before it takes a single \
            write. The restart changes nothing, so the pod ends in CrashLoopBackOff.
            """,
        fix: """
            Give the volume to the user of the process: fsGroup in the pod's securityContext for a \
            new volume, one recursive chown for a volume that holds another user's files.
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .view,
        references: [
            "https://github.com/thanos-io/thanos/issues/6107",
            "https://github.com/thanos-io/thanos/issues/8798",
        ],
        examples: tsdbPermissionDeniedExamples
    ) { receivers, running, view in
        if let running { return running.compactMap { liveFinding($0, view) } }
        return view.isCluster ? [] : receivers.compactMap { lostAndFound($0, view) }
    }
}

private struct Refusal {
    let pod: Pod
    let error: String
    let command: String
}

private func liveFinding(_ running: RunningGroup, _ view: ClusterView) -> Finding? {
    let group = running.group
    let refusals = running.pods.compactMap { refusal($0, running, view) }
    guard let first = refusals.first else { return nil }
    let pods = counted(refusals.count, "pod")
    return Finding(
        "\(refusals.count) of \(group.wantedPods) receiver pods may not write to the TSDB: "
            + first.error,
        object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
        label: "\(pods) may not write here",
        evidence: refusals.map {
            EvidenceItem("logs", "pod \($0.pod.name): \($0.error)", command: $0.command)
        },
        repair: Repair(
            command: group.lacksVolumeRights
                ? group.patchOfRights.map { view.kubectlPatch(group.reference, $0) } : nil,
            text: "give the volume to the user of the process with fsGroup, or chown it once"),
        about: refusals.map(\.pod.reference))
}

/// Why a pod that is not ready may not write, in its own words.
private func refusal(_ pod: Pod, _ running: RunningGroup, _ view: ClusterView) -> Refusal? {
    guard !pod.isReady else { return nil }
    let group = running.group
    let status = pod.containerStatuses.first { $0.name == group.container.name }
    let logs = running.logs(of: pod).filter { $0.container == group.container.name }
    // A container that runs has passed the point at which the run before it ended.
    let telling = status?.isRunning == true ? logs.filter { !$0.isPrevious } : logs
    for log in telling {
        guard let error = log.lines.reversed().lazy.compactMap({ denial($0, group) }).first else {
            continue
        }
        return Refusal(
            pod: pod, error: error,
            command: view.kubectl(log.command, namespace: pod.namespace))
    }
    guard status?.isRunning != true, let message = status?.termination?.message,
        let error = message.split(separator: "\n").lazy.compactMap({
            denial(String($0), group)
        }).first
    else { return nil }
    return Refusal(
        pod: pod, error: error,
        command: view.kubectl("describe pod \(pod.name)", namespace: pod.namespace))
}

/// The error of a log line, when it says that the TSDB may not be touched.
private func denial(_ line: String, _ group: ReceiverGroup) -> String? {
    guard line.contains(denied) else { return nil }
    let error = LogRecord(line).error ?? line
    guard let end = error.firstRange(of: denied)?.lowerBound else { return nil }
    let words = error[..<end].split(whereSeparator: { " \":".contains($0) }).map(String.init)
    guard let verb = words.last(where: verbs.contains), let path = words.last else { return nil }
    // From v0.42.0 on the directory is opened first, so that the path is relative to it.
    if verb == "mkdirat" { return error }
    let root = directory(group.flags.tsdbPath)
    return directory(path) == root || directory(path).hasPrefix(root + "/") ? error : nil
}

private let denied = ": permission denied"
private let verbs: Set = ["mkdir", "mkdirat", "remove", "open", "openat", "dir", "unlinkat"]

/// A path without what Go's `filepath.Clean` takes away.
private func directory(_ path: String) -> String {
    var path = Substring(path)
    if path.hasPrefix("./") { path = path.dropFirst(2) }
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
}

/// Before v0.42.0 a file system's own lost+found, which belongs to root, was opened as a tenant.
private func lostAndFound(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard group.lacksVolumeRights, group.runsAsRoot == false, let mount = group.tsdbMount,
        let version = group.version, version < Version(0, 42),
        directory(mount.path.value) == directory(group.flags.tsdbPath)
    else { return nil }
    return Finding(
        "the TSDB is the root of the volume \"\(mount.volume)\": \(version) opens its lost+found "
            + "as a tenant, and may not",
        object: group.reference, at: mount.path.range, label: "the volume's root",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                "manifest", "--tsdb.path is the mount path, and the pod has no fsGroup",
                command: view.kubectl(
                    "exec \(group.reference.name)-0 -- ls -la \(group.flags.tsdbPath)",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: "state fsGroup at the pod, or a --tsdb.path below the mount path"))
}
