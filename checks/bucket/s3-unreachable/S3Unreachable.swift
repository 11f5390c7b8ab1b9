import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let s3Unreachable = Check(
        "s3-unreachable",
        severity: .critical,
        stage: .postRollout,
        summary: "Object storage does not resolve, or does not answer",
        why: """
            While the store cannot be reached no block leaves the receivers, and their disks fill. \
            A receiver that restarts with a block to upload tries that first, and is not ready \
            until the attempt has timed out.
            """,
        fix: """
            Check that the store runs, that its name resolves from the receivers' pods, and that \
            no network policy keeps them from it. A lower http_config.response_header_timeout \
            shortens the wait at the start.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .asFarAsSeen(.componentLogs),
        .optional(.objects(.services)), .now, .cluster,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#s3",
            "https://github.com/thanos-io/thanos/issues/8920",
        ],
        examples: s3UnreachableExamples
    ) { receivers, running, buckets, components, services, now, view in
        let silent = StorageTrouble.all(receivers, running, buckets, view) { group, failure in
            guard [.unreachable, .timedOut].contains(failure.kind) else { return false }
            // A lookup below the bucket's own name is s3-no-such-bucket's.
            let bucket = S3Settings(group.objectStore)?.text("bucket") ?? ""
            return bucket.isEmpty || !failure.message.contains("lookup \(bucket).")
        }
        let known = services?.compactMap(ServiceObject.init)
        let others = ComponentTrouble.all(in: components, besides: silent, view) {
            [.unreachable, .timedOut].contains($0)
        }
        return silent.map { finding($0, now: now, view) }
            + others.map {
                let repair = Repair(
                    text: "mend the store, its name, or the network policy between them")
                return $0.finding("object storage does not answer", now: now, repair: repair)
            }
            + receivers.compactMap { group in
                known.flatMap { absentService(group, among: $0, view) }
            }
    }
}

/// What this host cannot reach the receivers may reach: without their word it is a hint.
private func finding(_ trouble: StorageTrouble, now: Double, _ view: ClusterView) -> Finding {
    let settings = S3Settings(trouble.group.objectStore)
    let unknown = trouble.unknownName
    // Without the configuration nobody can tell a bucket's name in front of the store's.
    let mayBeStyle = unknown != nil && settings?.text("bucket") == nil
    let host = unknown ?? settings?.host
    return trouble.finding(
        trouble.failures.isEmpty
            ? "object storage does not answer from here; the receivers have said nothing of it"
            : "object storage does not answer",
        isCertain: false, now: now, view,
        repair: Repair(
            command: trouble.group.pods.first.flatMap { pod in
                host.map { host in
                    view.kubectl(
                        "exec \(pod.name) -c \(trouble.group.container.name) -- nslookup \(host)",
                        namespace: pod.namespace)
                }
            },
            text: mayBeStyle
                ? "if \(unknown ?? "the name") begins with the bucket's name, add "
                    + "bucket_lookup_type: path; otherwise mend the store's name in DNS"
                : "mend the store, its name, or the network policy between them"))
}

/// The endpoint is a Service of this cluster that does not exist, or does not have the port.
private func absentService(
    _ group: ReceiverGroup, among services: [ServiceObject], _ view: ClusterView
) -> Finding? {
    guard group.flags.mode.stores, let settings = S3Settings(group.objectStore),
        let wanted = settings.service(from: group.reference.namespace), let port = settings.port,
        // A namespace of which nothing was listed is not known to be empty.
        services.contains(where: { $0.namespace == wanted.namespace })
    else { return nil }
    let found = services.first { $0.reference == wanted }
    let message: String
    if let found {
        guard !found.isHeadless, found.type != "ExternalName", !found.ports.isEmpty,
            !found.ports.contains(where: { $0.number == port })
        else { return nil }
        message = "config.endpoint names port \(port), which \(wanted) does not have"
    } else {
        message = "config.endpoint names \(wanted), which does not exist"
    }
    // A name of one label may be found through the node's domains or the pod's hostAliases.
    let isCertain = found != nil || settings.host?.contains(".") == true
    return Finding(
        message, object: group.reference,
        at: settings.range(of: "endpoint") ?? group.range(ofFlag: group.objstoreFlag),
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                "cluster", message,
                command: view.kubectl("get services", namespace: wanted.namespace))
        ],
        repair: Repair(text: "let config.endpoint name the Service and port of the store"),
        about: found == nil ? [] : [wanted])
}

extension StorageTrouble {
    /// The name that DNS did not know: Go's net.DNSError, `lookup NAME on SERVER: no such host`.
    fileprivate var unknownName: String? {
        let messages = failures.map(\.error) + (answer.map { [$0.message] } ?? [])
        return messages.lazy.compactMap { message in
            message.firstMatch(of: /lookup ([A-Za-z0-9._-]+)[^ ]*(?: on [^ ]+)?: no such host/)
                .map { String($0.1) }
        }.first
    }
}
