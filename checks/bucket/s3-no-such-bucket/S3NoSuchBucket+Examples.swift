import Diagnosis

extension Check {
    static let s3NoSuchBucketExamples: [Example] = [
        .triggers(
            "a Store Gateway alone",
            StorageExample.receiver(
                more: StorageExample.gateway(
                    "The specified bucket does not exist", mark: " # <-- finding"))),
        .triggers(
            "the final upload finds no bucket",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: """
                    ts=2026-11-20T11:58:02.41Z caller=receive.go:793 level=error component=receive \
                    component=uploader msg="the final upload failed" err="upload: check exists: \
                    stat s3 object: The specified bucket does not exist"
                    """)),
        .triggers(
            "the look into the bucket says the same",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: """
                    -- bucket.txt --
                    failed noSuchBucket The specified bucket does not exist
                    """)),
        .triggers(
            "an upper-case name is allowed, one of two letters is not",
            bucket(
                "bucket: tm # <-- finding", "endpoint: s3.example:9000")),
        .triggers(
            "the console of MinIO",
            bucket(
                "bucket: thanos-metrics", "endpoint: minio.minio.svc:9001 # <-- finding")),
        .triggers(
            "the bucket stands in the endpoint too",
            bucket(
                "bucket: thanos-metrics", "endpoint: thanos-metrics.s3.example # <-- finding")),
        .triggers(
            "names in DNS below a Service",
            bucket(
                "bucket: thanos-metrics", "endpoint: minio.minio.svc:9000",
                "bucket_lookup_type: virtual-hosted # <-- finding")),
        .passes(
            "a usual configuration",
            bucket(
                "bucket: thanos-metrics", "endpoint: minio.minio.svc.cluster.local:9000",
                "bucket_lookup_type: path")),
        .passes(
            "AWS with names in DNS",
            bucket(
                "bucket: Thanos_Metrics", "endpoint: s3.eu-west-1.amazonaws.com",
                "bucket_lookup_type: virtual-hosted")),
        .passes(
            "a name that is filled in later",
            bucket(
                "bucket: $(BUCKET)", "endpoint: minio:9000")),
        .passes(
            "a host that is not found is something else",
            StorageExample.receiver(
                log: StorageExample.failure(
                    "11:59:40",
                    "upload: check exists: stat s3 object: dial tcp: lookup "
                        + "s3.example on 10.96.0.10:53: no such host"))),
    ]

    private static func bucket(_ lines: String...) -> String {
        StorageExample.configured(
            (["type: S3", "config:"] + lines.map { "  \($0)" }).joined(separator: "\n"))
    }
}
