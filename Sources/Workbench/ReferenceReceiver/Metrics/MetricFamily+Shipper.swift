/// Families about uploads of a tenant's blocks (pkg/shipper).
extension MetricFamily {
    private static let tenant = ["tenant"]

    static let shipperCorruptedBlocks = counter(
        "thanos_shipper_corrupted_blocks_total", "Total number of corrupted blocks", by: tenant)
    static let shipperDirSyncFailures = counter(
        "thanos_shipper_dir_sync_failures_total", "Total number of failed dir syncs", by: tenant)
    static let shipperDirSyncs = counter(
        "thanos_shipper_dir_syncs_total", "Total number of dir syncs", by: tenant)
    static let shipperUploadCompactedDone = gauge(
        "thanos_shipper_upload_compacted_done",
        "If 1 it means shipper uploaded all compacted blocks from the filesystem.", by: tenant)
    static let shipperUploadFailures = counter(
        "thanos_shipper_upload_failures_total", "Total number of block upload failures", by: tenant)
    static let shipperUploads = counter(
        "thanos_shipper_uploads_total", "Total number of uploaded blocks", by: tenant)

    /// All of the above.
    static let shipperFamilies: [MetricFamily] = [
        .shipperCorruptedBlocks, .shipperDirSyncFailures, .shipperDirSyncs,
        .shipperUploadCompactedDone, .shipperUploadFailures, .shipperUploads,
    ]
}
