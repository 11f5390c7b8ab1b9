import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let objstoreConfigInvalid = Check(
        "objstore-config-invalid",
        severity: .critical,
        stage: .preInstall,
        summary: "The bucket's configuration is missing, unreadable, or refused by Thanos",
        why: """
            Thanos reads the configuration strictly: a field that it does not know, a scheme in \
            the endpoint or one key without the other, and the receiver exits at its start. An \
            empty bucket name passes the start and fails the first upload hours later.
            """,
        fix: """
            Write type: S3 and, below config, bucket, an endpoint of host and port only, and \
            access_key and secret_key together or neither. Mount it under the path or key that \
            --objstore.config-file names.
            """,
        needs: .receiverStorage, .optional(.components), .asFarAsSeen(.receiverLogs), .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#s3",
            "https://github.com/thanos-io/objstore",
        ],
        examples: objstoreConfigInvalidExamples
    ) { receivers, components, running, view in
        StorageUser.byConfiguration(receivers, components ?? [], view).flatMap { users in
            let said = running.flatMap { ObjstoreComplaint(among: $0, of: users, view) }
            let faults = users.first.map { ObjstoreFault.all(of: $0, view) } ?? []
            if faults.isEmpty, let said, let user = users.first {
                return [finding(said, user, users)]
            }
            return faults.map { finding($0, users, said, view) }
        }
    }
}

private func finding(
    _ fault: ObjstoreFault, _ users: [StorageUser], _ said: ObjstoreComplaint?, _ view: ClusterView
) -> Finding {
    let user = users[0]
    let isRead = users.contains { $0.pods.contains(where: \.isReady) }
    let severity = isRead ? min(fault.severity ?? .warning, .warning) : fault.severity
    let named: Severity? = user.isReceiver || severity != nil ? severity : .error
    let evidence = EvidenceItem(
        view.isCluster ? "cluster" : "manifest", "\(fault.message); \(user.origin)",
        command: view.kubectl(
            "get \(user.reference.kind.lowercased()) \(user.reference.name) -o yaml",
            namespace: user.reference.namespace))
    return Finding(
        fault.message + (isRead ? "; the pods run with what they read at their start" : ""),
        object: user.reference, at: fault.range ?? user.flagRange, label: fault.label,
        severity: named,
        confidence: named.map { $0 < .error } ?? false ? .likely : .certain,
        evidence: [evidence] + (said.map { [$0.evidence] } ?? []),
        repair: Repair(edits: fault.edits, text: fault.repair),
        about: users.dropFirst().map(\.reference))
}

private func finding(
    _ said: ObjstoreComplaint, _ user: StorageUser, _ users: [StorageUser]
) -> Finding {
    Finding(
        "a receiver exits on its bucket's configuration: \(said.meaning)",
        object: user.reference, at: user.flagRange, evidence: [said.evidence],
        repair: Repair(text: "correct the configuration of the bucket: \(user.origin)"),
        about: users.dropFirst().map(\.reference) + [said.pod])
}
