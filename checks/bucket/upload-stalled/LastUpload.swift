import Diagnosis
import Evidence
import KubernetesModel
import MetricsText
import PipelineModel

/// When a receiver last uploaded a block, by its own word or by what lies in the bucket.
struct LastUpload {
    let pod: Pod
    let failure: UploadFailure?
    let evidence: [EvidenceItem]
    /// Seconds since 1970; nil when it is not known to have uploaded anything.
    private let time: Double?
    /// The newest sample that it has, seconds since 1970.
    private let newestSample: Double?
    private let started: Double?
    /// Whether it says that nothing has been uploaded since its start, and no block contradicts it.
    let hasUploadedNothing: Bool
    private let delay: Double

    static func all(
        of group: ReceiverGroup, logs: RunningGroup?, bucket: BucketState?, metrics: [ScrapedPod],
        _ view: ClusterView
    ) -> [LastUpload] {
        let failures = logs.map { UploadFailure.all(of: $0, view) } ?? []
        return group.pods.map { pod in
            LastUpload(
                pod, of: group, failure: failures.first { $0.pod == pod.reference },
                bucket: bucket, metrics: metrics.first { $0.pod == pod.reference }, view)
        }
    }

    private init(
        _ pod: Pod, of group: ReceiverGroup, failure: UploadFailure?, bucket: BucketState?,
        metrics: ScrapedPod?, _ view: ClusterView
    ) {
        self.pod = pod
        self.failure = failure
        delay = group.uploadDelay
        started = pod.startTime.flatMap(Timestamp.seconds(rfc3339:))
        newestSample = metrics?.page.points("prometheus_tsdb_head_max_time").map(\.value)
            .filter { $0 > 0 }.max().map { $0 / 1000 }
        let claimed = metrics?.page.points("thanos_objstore_bucket_last_successful_upload_time")
            .map(\.value).max()
        let newest = bucket.flatMap { Self.newestBlock(of: pod, group, in: $0) }
        // It starts with 0, which stays until a block has arrived; what fails from the start on is
        // s3-upload-unverified.
        hasUploadedNothing = claimed == 0 && newest == nil && failure == nil
        time = [
            claimed.flatMap { $0 > 0 ? $0 : nil },
            newest.map { $0.uploaded ?? Double($0.maxTime) / 1000 },
        ]
        .compactMap(\.self).max()
        var items = failure.map { [$0.evidence] } ?? []
        if let bucket, let newest {
            items.append(
                EvidenceItem("bucket", "\(bucket.name): the newest block of it is \(newest.ulid)"))
        }
        if claimed != nil {
            items.append(
                EvidenceItem(
                    "metrics", "thanos_objstore_bucket_last_successful_upload_time of \(pod.name)",
                    command: group.showing(
                        metrics: "last_successful_upload_time", of: pod.reference, in: view)))
        }
        evidence = items
    }

    /// What the compactor made is no upload of the receiver's; a listing that was cut may lack it.
    private static func newestBlock(
        of pod: Pod, _ group: ReceiverGroup, in bucket: BucketState
    ) -> BucketBlock? {
        guard let listing = bucket.listing, !listing.isCut else { return nil }
        return listing.blocks.filter { $0.level == 1 && group.mayOwn($0.labels, pod: pod) }
            .max { $0.maxTime < $1.maxTime }
    }

    /// Since the last upload, or since the start where there was none.
    func age(at now: Double) -> Double { (time ?? started).map { now - $0 } ?? 0 }

    /// Whether one block is missing for sure; a pod that began since has had no time for one.
    func isStalled(at now: Double) -> Bool {
        guard time != nil || hasUploadedNothing, !evidence.isEmpty, let started else {
            return false
        }
        return age(at: now) > delay && now - started > delay
    }

    func isIngesting(at now: Double) -> Bool { newestSample.map { now - $0 < 900 } ?? false }

    /// Whether a block that cannot be read stands before the others.
    func isHeldUp(at now: Double) -> Bool {
        guard let failure, !failure.isOld(at: now) else { return false }
        return failure.error.contains("read metadata for block")
    }
}
