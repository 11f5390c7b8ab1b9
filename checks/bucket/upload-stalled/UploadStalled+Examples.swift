import Diagnosis

extension Check {
    static let uploadStalledExamples: [Example] = [
        .triggers(
            "blocks until six in the morning, and errors now",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40", "upload: check exists: stat s3 object: Access Denied."),
                more: "-- bucket.txt --\n\(block(endingAt: 1795150800, uploaded: 1795154400))")),
        .triggers(
            "its own counter says so, and nothing fails: a warning",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: metrics(lastUpload: 1795154400, newestSample: 1795175990))),
        .triggers(
            "a damaged block",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40", "upload: read metadata for block 01M817KTNA2STY54HSN6D1BZBN"),
                more: metrics(lastUpload: 1795172500, newestSample: 1795175990))),
        .triggers(
            "nothing was uploaded since the start, and nothing fails: a warning",
            StorageExample.receiver(
                mark: " # <-- finding", more: metrics(lastUpload: 0, newestSample: 1795175990))),
        .passes(
            "a block of an hour ago",
            StorageExample.receiver(
                log: StorageExample.failure("11:59:40", "upload: connection refused"),
                more: "-- bucket.txt --\n\(block(endingAt: 1795168800, uploaded: 1795172500))")),
        .passes(
            "idle since the morning",
            StorageExample.receiver(
                more: metrics(lastUpload: 1795154400, newestSample: 1795150000))),
        .passes(
            "it never uploaded anything: another fault",
            StorageExample.receiver(
                log: StorageExample.failure("11:59:40", "upload: connection refused"),
                more: metrics(lastUpload: 0, newestSample: 1795175990))),
        .passes(
            "blocks of other receivers say nothing",
            StorageExample.receiver(
                log: StorageExample.failure("11:59:40", "upload: connection refused"),
                more: """
                    -- bucket.txt --
                    \(block(endingAt: 1795150800, uploaded: 1795154400, of: "receiver-9"))
                    """)),
    ]

    private static func block(
        endingAt end: Int, uploaded: Int, of replica: String = "receiver-0"
    ) -> String {
        "block 01M817KTNA2STY54HSN6D1BZBN \(end - 7200) \(end) \(uploaded) "
            + "{\"receive_replica\":\"\(replica)\",\"tenant_id\":\"default-tenant\"}"
    }

    private static func metrics(lastUpload: Int, newestSample: Int) -> String {
        """
        -- metrics/monitoring/receiver-0.txt --
        thanos_objstore_bucket_last_successful_upload_time{bucket="thanos-metrics"} \(lastUpload)
        prometheus_tsdb_head_max_time{tenant="default-tenant"} \(newestSample)000
        """
    }
}
