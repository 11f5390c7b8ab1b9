import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let s3NoSuchBucket = Check(
        "s3-no-such-bucket",
        severity: .critical,
        stage: .postRollout,
        summary: "The bucket does not exist under the name by which receivers ask for it",
        why: """
            Thanos does not create its bucket and does not look for it at start. A name that is \
            missing, misspelt or asked for in the wrong style fails only when the first block is \
            uploaded, about three hours after the first sample.
            """,
        fix: """
            Create the bucket, or correct its name. State bucket_lookup_type: path for stores that \
            do not answer under bucket names in DNS, and name the S3 port, not the one of a web \
            console.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .asFarAsSeen(.componentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#s3",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        ],
        examples: s3NoSuchBucketExamples
    ) { receivers, running, buckets, components, now, view in
        let absent = StorageTrouble.all(receivers, running, buckets, view) { group, failure in
            failure.kind == .noSuchBucket || isLookupByName(failure, group)
        }
        let others = ComponentTrouble.all(in: components, besides: absent, view) {
            $0 == .noSuchBucket
        }
        return absent.map { finding($0, now: now, view) }
            + others.map {
                let repair = Repair(text: "create the bucket, or correct config.bucket")
                return $0.finding("no such bucket", now: now, repair: repair)
            }
            + receivers.flatMap { group in
                DoubtfulBucket.all(of: group).map { finding($0, group, view) }
            }
    }
}

/// `lookup thanos-metrics.s3.example: no such host`: the bucket is asked for by its own name in
/// DNS.
private func isLookupByName(_ failure: BucketState.Failure, _ group: ReceiverGroup) -> Bool {
    guard failure.kind == .unreachable, failure.message.contains("no such host"),
        let bucket = S3Settings(group.objectStore)?.text("bucket"), !bucket.isEmpty
    else { return false }
    return failure.message.contains("lookup \(bucket).")
}

private func finding(_ trouble: StorageTrouble, now: Double, _ view: ClusterView) -> Finding {
    let isLookup =
        trouble.failures.contains { $0.kind == .unreachable }
        || trouble.answer?.kind == .unreachable
    return trouble.finding(
        isLookup ? "the bucket is asked for by a name that DNS does not know" : "no such bucket",
        isCertain: trouble.answer?.kind == .noSuchBucket, now: now, view,
        repair: Repair(
            text: isLookup
                ? "add bucket_lookup_type: path to the configuration of the bucket"
                : "create the bucket, or correct config.bucket"))
}

private func finding(
    _ doubt: DoubtfulBucket, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding {
    let settings = S3Settings(group.objectStore)
    return Finding(
        doubt.message, object: group.reference,
        at: settings?.range(of: doubt.field) ?? group.range(ofFlag: group.objstoreFlag),
        severity: doubt.isCertain ? nil : .warning,
        confidence: doubt.isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "config.\(doubt.field) is read so",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: doubt.repair))
}
