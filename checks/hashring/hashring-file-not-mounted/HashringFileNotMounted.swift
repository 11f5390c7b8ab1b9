import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let hashringFileNotMounted = Check(
        "hashring-file-not-mounted",
        severity: .critical,
        stage: .preInstall,
        summary: "The hashring file is not where --receive.hashrings-file says",
        why: """
            Thanos watches the file from its start. When no such file exists it exits at once with \
            "adding path … to file watcher: no such file or directory", before it takes a write.
            """,
        fix: """
            Make three names agree: the key of the ConfigMap, the mountPath of its volume, and the \
            path in --receive.hashrings-file, which is the mountPath, a slash and the key.
            """,
        needs: .receiverFiles, .ifConfigured(.receiverLogs), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://kubernetes.io/docs/concepts/storage/volumes/",
        ],
        examples: hashringFileNotMountedExamples
    ) { receivers, running, view in
        // Ingestors get their copies from the routers whose ring names them.
        let members = Set(RingFile.all(of: receivers).flatMap(\.members).map(\.group.reference))
        return receivers.compactMap { group in
            let complaint = running?.of(group.reference).flatMap { UnwatchedFile($0, view) }
            return finding(
                group, complaint, isMember: members.contains(group.reference), view)
        }
    }
}

private let flag = "--receive.hashrings-file"

private func finding(
    _ group: ReceiverGroup, _ complaint: UnwatchedFile?, isMember: Bool, _ view: ClusterView
) -> Finding? {
    switch group.hashring {
    case .unresolved(let path, let file):
        let isWhole = !group.isPatch && view.otherManifests(of: group.workload).isEmpty
        guard isWhole, let fault = HashringFileFault(path, file, view) else {
            return complaint.map { stale(group, $0, view) }
        }
        return missing(group, path, fault, complaint, view)
    case .configured, .invalid:
        return complaint.map { stale(group, $0, view) }
    case .notConfigured:
        // Before v0.42.0 it is worse, and replication-factor-exceeds-endpoints says so.
        let isRefused = group.version.map { $0 < Version(0, 42) } ?? false
        return group.replicationFactor > 1 && !isRefused && !isMember ? unused(group, view) : nil
    }
}

private func missing(
    _ group: ReceiverGroup, _ path: String, _ fault: HashringFileFault, _ complaint: UnwatchedFile?,
    _ view: ClusterView
) -> Finding {
    let isRead = group.pods.contains(where: \.isReady)
    let range = group.range(ofFlag: flag)
    let evidence = EvidenceItem(
        view.isCluster ? "cluster" : "manifest", fault.message,
        command: view.kubectl("get configmap -o yaml", namespace: group.reference.namespace))
    return Finding(
        fault.message + (isRead ? "; the pods run with what they read at their start" : ""),
        object: group.reference, at: range, label: "names \(path)",
        severity: isRead ? .warning : nil, confidence: isRead ? .likely : .certain,
        alsoAt: fault.places, evidence: [evidence] + (complaint.map { [$0.evidence] } ?? []),
        repair: Repair(
            edits: [
                fault.readablePath.flatMap { .replacing(path, with: $0, within: range) }
            ],
            command: view.isCluster ? patch(group, path, fault, view) : nil,
            text: group.changingTemplate(
                "mount the ConfigMap over \(path) under a key of that name, or let \(flag) name "
                    + "the path of the key that is there")))
}

private func patch(
    _ group: ReceiverGroup, _ path: String, _ fault: HashringFileFault, _ view: ClusterView
) -> String? {
    guard let readable = fault.readablePath, let pointer = group.pointer(toFlag: flag),
        let given = group.flags.occurrence(of: flag),
        group.range(ofFlag: flag).text.contains("=\(path)")
    else { return nil }
    let test = group.testStep(ofArgument: given.argumentIndex, at: pointer)
    let step = "{\"op\":\"replace\",\"path\":\"\(pointer)\",\"value\":\"\(flag)=\(readable)\"}"
    return view.kubectlPatch(group.reference, "[\(test),\(step)]", type: "json")
}

/// What a pod says of its start, though the file ought to be there now.
private func stale(
    _ group: ReceiverGroup, _ complaint: UnwatchedFile, _ view: ClusterView
) -> Finding {
    let isShort = complaint.cause.isShortage
    return Finding(
        "a pod could not \(isShort ? "watch" : "open") its hashring file at its last start, and is "
            + "not ready since: \(complaint.cause.text)",
        object: group.reference, at: group.range(ofFlag: flag),
        severity: isShort ? .error : .warning, confidence: isShort ? .certain : .likely,
        evidence: [complaint.evidence], repair: complaint.repair(of: group, view),
        about: group.pods.filter { !$0.isReady }.map(\.reference))
}

private func unused(_ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    // Before v0.42.0 it is a fault of another kind.
    let isKnown = group.version != nil
    return Finding(
        "--receive.replication-factor=\(group.replicationFactor) has no effect without a hashring: "
            + "each receiver keeps what it gets, once"
            + (isKnown ? "" : "; before v0.42, which the image may hold, every write ends in 500"),
        object: group.reference, at: group.range(ofFlag: "--receive.replication-factor"),
        label: "replication is silently off", severity: isKnown ? .warning : .info,
        confidence: isKnown ? .likely : .possible,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "neither \(flag) nor --receive.hashrings",
                command: view.kubectl(
                    "logs \(group.reference.name)-0 | grep 'mode='",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: "mount the hashring file and name it with \(flag)"))
}
