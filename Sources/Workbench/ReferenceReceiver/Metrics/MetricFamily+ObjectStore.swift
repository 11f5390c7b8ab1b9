/// Families about operations on the bucket (thanos-io/objstore).
extension MetricFamily {
    private static let operation = ["bucket", "operation"]

    static let objstoreBucketLastSuccessfulUploadTime = gauge(
        "thanos_objstore_bucket_last_successful_upload_time",
        "Second timestamp of the last successful upload to the bucket.", by: ["bucket"])
    static let objstoreBucketOperationDurationSeconds = histogram(
        "thanos_objstore_bucket_operation_duration_seconds",
        "Duration of successful operations against the bucket",
        by: operation, bounds: [0.001, 0.01, 0.1, 0.3, 0.6, 1, 3, 6, 9, 20, 30, 60, 90, 120])
    static let objstoreBucketOperationFailures = counter(
        "thanos_objstore_bucket_operation_failures_total",
        "Total number of operations against a bucket that failed, but were not "
            + "expected to fail in certain way from caller perspective. Those errors have to "
            + "be investigated.",
        by: operation)
    static let objstoreBucketOperationFetchedBytes = counter(
        "thanos_objstore_bucket_operation_fetched_bytes_total",
        "Total number of bytes fetched from bucket, per operation.", by: operation)
    static let objstoreBucketOperationTransferredBytes = histogram(
        "thanos_objstore_bucket_operation_transferred_bytes",
        "Number of bytes transferred from/to bucket per operation.",
        by: operation, bounds: exponential(from: 32_768, by: 2, count: 16))
    static let objstoreBucketOperations = counter(
        "thanos_objstore_bucket_operations_total",
        "Total number of all attempted operations against a bucket.", by: operation)

    /// All of the above.
    static let objectStoreFamilies: [MetricFamily] = [
        .objstoreBucketLastSuccessfulUploadTime, .objstoreBucketOperationDurationSeconds,
        .objstoreBucketOperationFailures, .objstoreBucketOperationFetchedBytes,
        .objstoreBucketOperationTransferredBytes, .objstoreBucketOperations,
    ]
}
