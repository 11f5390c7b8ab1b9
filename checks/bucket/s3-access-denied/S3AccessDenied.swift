import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let s3AccessDenied = Check(
        "s3-access-denied",
        severity: .critical,
        stage: .postRollout,
        summary: "Object storage refuses the receivers' credentials or signature",
        why: """
            A key that is wrong, expired or lacks a permission is only noticed when the first \
            block is due, hours after the start. From then on every upload fails, the local disk \
            fills, and what is on it is lost with the volume.
            """,
        fix: """
            Allow s3:ListBucket on the bucket and s3:GetObject, s3:PutObject and s3:DeleteObject \
            on everything in it. Without ListBucket a missing object is answered with 403, so that \
            uploads fail at their first question. Correct the keys, the region or the node's clock.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .asFarAsSeen(.componentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#s3",
            "https://github.com/thanos-io/thanos/issues/394",
        ],
        examples: s3AccessDeniedExamples
    ) { receivers, running, buckets, components, now, view in
        let refused = StorageTrouble.all(receivers, running, buckets, view) {
            [.accessDenied, .wrongRegion, .clockSkewed].contains($1.kind)
        }
        let others = ComponentTrouble.all(in: components, besides: refused, view) {
            [.accessDenied, .wrongRegion, .clockSkewed].contains($0)
        }
        return refused.map { finding($0, now: now, view) }
            + others.map { trouble in
                let (what, text) = words(trouble.kind)
                return trouble.finding(what, now: now, repair: Repair(text: text))
            }
            + receivers.compactMap { foreignRegion($0, view) }
    }
}

private func finding(_ trouble: StorageTrouble, now: Double, _ view: ClusterView) -> Finding {
    let kinds = trouble.failures.compactMap(\.kind) + (trouble.answer.map { [$0.kind] } ?? [])
    let (what, text) = words(kinds.first ?? .accessDenied)
    return trouble.finding(
        what, isCertain: trouble.answer.map(holdsAnywhere) ?? false, now: now, view,
        repair: Repair(text: text))
}

private func words(_ kind: BucketState.Failure.Kind) -> (what: String, repair: String) {
    switch kind {
    case .wrongRegion:
        ("object storage expects another region", "state the bucket's own region in config.region")
    case .clockSkewed:
        (
            "object storage refuses requests for their time",
            "correct the clock of the node: S3 refuses what is more than 15 minutes off"
        )
    case _:
        (
            "object storage refuses access",
            "correct access_key and secret_key, and allow s3:ListBucket on the bucket and "
                + "s3:GetObject, s3:PutObject, s3:DeleteObject on its objects"
        )
    }
}

/// Whether the answer is about the keys or the region themselves; a policy may let the receivers in
/// and keep this host out, and this host's clock is not theirs.
private func holdsAnywhere(_ answer: BucketState.Failure) -> Bool {
    let text = answer.message.lowercased()
    return switch answer.kind {
    case .wrongRegion: true
    case .accessDenied:
        ["signature", "access key id", "accesskeyid"].contains(where: text.contains)
    case _: false
    }
}

/// minio-go goes to the stated region's own address, whichever region the endpoint names.
private func foreignRegion(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard group.flags.mode.stores, let settings = S3Settings(group.objectStore),
        let host = settings.host, let region = settings.text("region"), !region.isEmpty,
        let named = regionOfAWS(host), named != region
    else { return nil }
    let node = settings.range(of: "region")
    return Finding(
        "config.region is not the region that config.endpoint names: requests go to the region",
        object: group.reference, at: node ?? group.range(ofFlag: group.objstoreFlag),
        label: "not the endpoint's", severity: .warning, confidence: .likely,
        alsoAt: settings.range(of: "endpoint").map { [Place($0, "names another region")] } ?? [],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "config.region and config.endpoint differ",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: [node.flatMap { .replacing(region, with: named, within: $0) }].filter {
                $0 != nil
            },
            text: "let config.region and config.endpoint name the region that holds the bucket"))
}

/// `eu-west-1` of `s3.eu-west-1.amazonaws.com` and `s3.dualstack.eu-west-1.amazonaws.com`.
private func regionOfAWS(_ host: String) -> String? {
    let labels = host.split(separator: ".").map(String.init)
    guard labels.first == "s3", labels.suffix(2) == ["amazonaws", "com"] else { return nil }
    let middle = labels.dropFirst().dropLast(2).filter { $0 != "dualstack" }
    return middle.count == 1 && middle[0].contains("-") ? middle[0] : nil
}
