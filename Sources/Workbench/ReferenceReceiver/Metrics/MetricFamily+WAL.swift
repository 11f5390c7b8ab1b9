/// Families about the write-ahead log of a tenant (prometheus/tsdb/wlog).
extension MetricFamily {
    private static let tenant = ["tenant"]
    private static let compression = ["compression", "tenant"]

    static let tsdbCheckpointCreationsFailed = counter(
        "prometheus_tsdb_checkpoint_creations_failed_total",
        "Total number of checkpoint creations that failed.", by: tenant)
    static let tsdbCheckpointCreations = counter(
        "prometheus_tsdb_checkpoint_creations_total",
        "Total number of checkpoint creations attempted.", by: tenant)
    static let tsdbCheckpointDeletionsFailed = counter(
        "prometheus_tsdb_checkpoint_deletions_failed_total",
        "Total number of checkpoint deletions that failed.", by: tenant)
    static let tsdbCheckpointDeletions = counter(
        "prometheus_tsdb_checkpoint_deletions_total",
        "Total number of checkpoint deletions attempted.", by: tenant)
    static let tsdbWALCompletedPages = counter(
        "prometheus_tsdb_wal_completed_pages_total", "Total number of completed pages.", by: tenant)
    static let tsdbWALCorruptions = counter(
        "prometheus_tsdb_wal_corruptions_total", "Total number of WAL corruptions.", by: tenant)
    static let tsdbWALFsyncDurationSeconds = summary(
        "prometheus_tsdb_wal_fsync_duration_seconds",
        "Duration of write log fsync.", by: tenant, quantiles: [0.5, 0.9, 0.99])
    static let tsdbWALPageFlushes = counter(
        "prometheus_tsdb_wal_page_flushes_total", "Total number of page flushes.", by: tenant)
    static let tsdbWALRecordBytesSaved = counter(
        "prometheus_tsdb_wal_record_bytes_saved_total",
        "Total number of bytes saved by the optional record compression. Use this "
            + "metric to learn about the effectiveness compression.",
        by: compression)
    static let tsdbWALRecordPartWrites = counter(
        "prometheus_tsdb_wal_record_part_writes_total",
        "Total number of record parts written before flushing.", by: tenant)
    static let tsdbWALRecordPartsBytesWritten = counter(
        "prometheus_tsdb_wal_record_parts_bytes_written_total",
        "Total number of record part bytes written before flushing, including CRC and "
            + "compression headers.",
        by: tenant)
    static let tsdbWALSegmentCurrent = gauge(
        "prometheus_tsdb_wal_segment_current",
        "Write log segment index that TSDB is currently writing to.", by: tenant)
    static let tsdbWALStorageSizeBytes = gauge(
        "prometheus_tsdb_wal_storage_size_bytes", "Size of the write log directory.", by: tenant)
    static let tsdbWALTruncateDurationSeconds = summary(
        "prometheus_tsdb_wal_truncate_duration_seconds",
        "Duration of WAL truncation.", by: tenant)
    static let tsdbWALTruncationsFailed = counter(
        "prometheus_tsdb_wal_truncations_failed_total",
        "Total number of write log truncations that failed.", by: tenant)
    static let tsdbWALTruncations = counter(
        "prometheus_tsdb_wal_truncations_total",
        "Total number of write log truncations attempted.", by: tenant)
    static let tsdbWALWritesFailed = counter(
        "prometheus_tsdb_wal_writes_failed_total",
        "Total number of write log writes that failed.", by: tenant)

    /// All of the above.
    static let walFamilies: [MetricFamily] = [
        .tsdbCheckpointCreationsFailed, .tsdbCheckpointCreations,
        .tsdbCheckpointDeletionsFailed, .tsdbCheckpointDeletions, .tsdbWALCompletedPages,
        .tsdbWALCorruptions, .tsdbWALFsyncDurationSeconds, .tsdbWALPageFlushes,
        .tsdbWALRecordBytesSaved, .tsdbWALRecordPartWrites,
        .tsdbWALRecordPartsBytesWritten, .tsdbWALSegmentCurrent, .tsdbWALStorageSizeBytes,
        .tsdbWALTruncateDurationSeconds, .tsdbWALTruncationsFailed, .tsdbWALTruncations,
        .tsdbWALWritesFailed,
    ]
}
