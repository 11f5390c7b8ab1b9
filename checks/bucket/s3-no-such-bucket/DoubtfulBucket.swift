import PipelineModel
import ReceiveFlags

/// A setting under which a bucket is not found, or hardly.
struct DoubtfulBucket {
    let field: String
    let message: String
    let repair: String
    /// Whether minio-go refuses it before it sends anything.
    var isCertain = false

    static func all(of group: ReceiverGroup) -> [DoubtfulBucket] {
        guard group.flags.mode.stores, let settings = S3Settings(group.objectStore) else {
            return []
        }
        return [name(settings), doubled(settings), console(settings), style(settings)]
            .compactMap(\.self)
    }

    /// What minio-go's `s3utils.CheckValidBucketName` refuses.
    private static func name(_ settings: S3Settings) -> DoubtfulBucket? {
        guard let bucket = settings.text("bucket"), !bucket.isEmpty, let fault = fault(of: bucket)
        else { return nil }
        return DoubtfulBucket(
            field: "bucket",
            message:
                "config.bucket is no name for a bucket: \(fault), and every request is refused",
            repair: "use 3 to 63 lower-case letters, digits, dots and hyphens", isCertain: true)
    }

    private static func fault(of bucket: String) -> String? {
        let bytes = Array(bucket.utf8)
        if bytes.count < 3 { return "it is shorter than 3 characters" }
        if bytes.count > 63 { return "it is longer than 63 characters" }
        let isWord = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            case _: false
            }
        }
        guard let first = bytes.first, let last = bytes.last, isWord(first), isWord(last) else {
            return "it begins or ends with something else than a letter or a digit"
        }
        let isAllowed = bytes.allSatisfy { isWord($0) || ".-_:".utf8.contains($0) }
        if !isAllowed { return "it holds characters that are not allowed" }
        let pairs = ["..", ".-", "-."]
        return pairs.contains(where: bucket.contains) ? "dots and hyphens stand together" : nil
    }

    private static func doubled(_ settings: S3Settings) -> DoubtfulBucket? {
        guard let bucket = settings.text("bucket"), bucket.count > 3,
            let host = settings.host, host.hasPrefix("\(bucket).")
        else { return nil }
        return DoubtfulBucket(
            field: "endpoint",
            message: "config.endpoint begins with the bucket's name, which is added once more",
            repair: "leave the bucket's name out of config.endpoint")
    }

    private static func console(_ settings: S3Settings) -> DoubtfulBucket? {
        guard settings.port == 9001 else { return nil }
        return DoubtfulBucket(
            field: "endpoint",
            message: "config.endpoint names port 9001, which is the web console of MinIO",
            repair: "name the port of the S3 API, which is 9000 in MinIO")
    }

    private static func style(_ settings: S3Settings) -> DoubtfulBucket? {
        let isAddress = settings.host?.allSatisfy { $0.isNumber || $0 == "." } ?? false
        guard settings.text("bucket_lookup_type") == "virtual-hosted",
            settings.isInCluster || isAddress
        else { return nil }
        return DoubtfulBucket(
            field: "bucket_lookup_type",
            message: "buckets are asked for by names in DNS, and config.endpoint is "
                + (isAddress ? "an address" : "a name of the cluster, which has none below it"),
            repair: "write bucket_lookup_type: path")
    }
}
