import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// The failure that is a pod's last word on uploads.
struct UploadFailure {
    typealias Kind = BucketState.Failure.Kind

    let pod: ObjectReference
    let error: String
    let time: Double?
    let command: String

    /// Uploads are tried every 30 seconds: an old failure that nothing follows proves little.
    func isOld(at now: Double) -> Bool { time.map { now - $0 > 3600 } ?? false }

    var kind: Kind? { Self.kind(of: error) }

    var evidence: EvidenceItem {
        EvidenceItem("logs", "pod \(pod.name): \(error)", command: command)
    }

    /// One failure a pod, at most.
    static func all(of running: RunningGroup, _ view: ClusterView) -> [UploadFailure] {
        running.pods.compactMap { last(of: $0, running, view) }
    }

    private static func last(
        of pod: Pod, _ running: RunningGroup, _ view: ClusterView
    ) -> UploadFailure? {
        var last: UploadFailure?
        for log in running.logs(of: pod) {
            for line in log.lines where line.contains("upload") || line.contains("shipping") {
                let record = LogRecord(line)
                if isFailure(record.message), let error = record.error {
                    last = UploadFailure(
                        pod: pod.reference,
                        error: withoutPaths(error.hasSuffix(".") ? error.dropLast() : error[...]),
                        time: record.time,
                        command: log.showing(in: view))
                } else if successes.contains(record.message) {
                    last = nil
                }
            }
        }
        return last
    }

    /// Without "upload file /data/…/000001 as …/000001", which says no more than the block's name.
    private static func withoutPaths(_ error: Substring) -> String {
        error.split(separator: ": ").filter { !$0.hasPrefix("upload file ") }
            .joined(separator: ": ")
    }

    private static func isFailure(_ message: String) -> Bool {
        message.hasSuffix("upload failed") || message == "shipping failed"
    }

    /// What the shipper says when it begins with a block, and the receiver when it ends with one.
    private static let successes: Set = ["upload new block", "the final cut block was uploaded"]

    /// What an error of minio-go or of Go's network says, by its words; the first that fits counts.
    static func kind(of error: String) -> Kind? {
        let text = error.lowercased()
        return signatures.first { text.contains($0.words) }?.kind
    }

    private static let signatures: [(words: String, kind: Kind)] = [
        ("difference between the request time", .clockSkewed),
        ("authorizationheadermalformed", .wrongRegion),
        ("region is wrong; expecting", .wrongRegion),
        ("access denied", .accessDenied),
        ("accessdenied", .accessDenied),
        ("signature we calculated does not match", .accessDenied),
        ("signaturedoesnotmatch", .accessDenied),
        ("access key id you provided does not exist", .accessDenied),
        ("invalidaccesskeyid", .accessDenied),
        ("provided token has expired", .accessDenied),
        ("security token included in the request is", .accessDenied),
        ("403 forbidden", .accessDenied),
        ("specified bucket does not exist", .noSuchBucket),
        ("nosuchbucket", .noSuchBucket),
        ("bucket name cannot be", .noSuchBucket),
        ("bucket name contains invalid", .noSuchBucket),
        ("http response to https client", .plainTextNotSpoken),
        ("http request to an https server", .plainTextNotSpoken),
        ("connection closed by foreign host https://", .plainTextNotSpoken),
        ("first record does not look like a tls handshake", .plainTextNotSpoken),
        ("tls handshake timeout", .timedOut),
        ("x509:", .tls),
        ("tls:", .tls),
        ("i/o timeout", .timedOut),
        ("timeout awaiting response headers", .timedOut),
        ("context deadline exceeded", .timedOut),
        ("client.timeout", .timedOut),
        ("no such host", .unreachable),
        ("connection refused", .unreachable),
        ("no route to host", .unreachable),
        ("network is unreachable", .unreachable),
        ("connection reset by peer", .unreachable),
    ]
}
