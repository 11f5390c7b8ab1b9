/// Families about the newest samples of a tenant, in memory (prometheus/tsdb/head.go).
extension MetricFamily {
    private static let tenant = ["tenant"]
    private static let type = ["tenant", "type"]

    static let tsdbDataReplayDurationSeconds = gauge(
        "prometheus_tsdb_data_replay_duration_seconds",
        "Time taken to replay the data on disk.", by: tenant)
    static let tsdbHeadActiveAppenders = gauge(
        "prometheus_tsdb_head_active_appenders",
        "Number of currently active appender transactions", by: tenant)
    static let tsdbHeadChunks = gauge(
        "prometheus_tsdb_head_chunks", "Total number of chunks in the head block.", by: tenant)
    static let tsdbHeadChunksCreated = counter(
        "prometheus_tsdb_head_chunks_created_total",
        "Total number of chunks created in the head", by: tenant)
    static let tsdbHeadChunksRemoved = counter(
        "prometheus_tsdb_head_chunks_removed_total",
        "Total number of chunks removed in the head", by: tenant)
    static let tsdbHeadChunksStorageSizeBytes = gauge(
        "prometheus_tsdb_head_chunks_storage_size_bytes",
        "Size of the chunks_head directory.", by: tenant)
    static let tsdbHeadGCDurationSeconds = summary(
        "prometheus_tsdb_head_gc_duration_seconds",
        "Runtime of garbage collection in the head block.", by: tenant)
    static let tsdbHeadMaxTime = gauge(
        "prometheus_tsdb_head_max_time",
        "Maximum timestamp of the head block. The unit is decided by the library "
            + "consumer.",
        by: tenant)
    static let tsdbHeadMinTime = gauge(
        "prometheus_tsdb_head_min_time",
        "Minimum time bound of the head block. The unit is decided by the library "
            + "consumer.",
        by: tenant)
    static let tsdbHeadOutOfOrderSamplesAppended = counter(
        "prometheus_tsdb_head_out_of_order_samples_appended_total",
        "Total number of appended out of order samples.", by: type)
    static let tsdbHeadSamplesAppended = counter(
        "prometheus_tsdb_head_samples_appended_total",
        "Total number of appended samples.", by: type)
    static let tsdbHeadSeries = gauge(
        "prometheus_tsdb_head_series", "Total number of series in the head block.", by: tenant)
    static let tsdbHeadSeriesCreated = counter(
        "prometheus_tsdb_head_series_created_total",
        "Total number of series created in the head", by: tenant)
    static let tsdbHeadSeriesNotFound = counter(
        "prometheus_tsdb_head_series_not_found_total",
        "Total number of requests for series that were not found.", by: tenant)
    static let tsdbHeadSeriesRemoved = counter(
        "prometheus_tsdb_head_series_removed_total",
        "Total number of series removed in the head", by: tenant)
    static let tsdbHeadStaleSeries = gauge(
        "prometheus_tsdb_head_stale_series",
        "Total number of stale series in the head block.", by: tenant)
    static let tsdbHeadTruncationsFailed = counter(
        "prometheus_tsdb_head_truncations_failed_total",
        "Total number of head truncations that failed.", by: tenant)
    static let tsdbHeadTruncations = counter(
        "prometheus_tsdb_head_truncations_total",
        "Total number of head truncations attempted.", by: tenant)
    static let tsdbIsolationHighWatermark = gauge(
        "prometheus_tsdb_isolation_high_watermark",
        "The highest TSDB append ID that has been given out.", by: tenant)
    static let tsdbIsolationLowWatermark = gauge(
        "prometheus_tsdb_isolation_low_watermark",
        "The lowest TSDB append ID that is still referenced.", by: tenant)
    static let tsdbMmapChunkCorruptions = counter(
        "prometheus_tsdb_mmap_chunk_corruptions_total",
        "Total number of memory-mapped chunk corruptions.", by: tenant)
    static let tsdbMmapChunks = counter(
        "prometheus_tsdb_mmap_chunks_total",
        "Total number of chunks that were memory-mapped.", by: tenant)
    static let tsdbOutOfBoundSamples = counter(
        "prometheus_tsdb_out_of_bound_samples_total",
        "Total number of out of bound samples ingestion failed attempts with out of "
            + "order support disabled.",
        by: type)
    static let tsdbOutOfOrderSamples = counter(
        "prometheus_tsdb_out_of_order_samples_total",
        "Total number of out of order samples ingestion failed attempts due to out of "
            + "order being disabled.",
        by: type)
    static let tsdbSnapshotReplayError = counter(
        "prometheus_tsdb_snapshot_replay_error_total",
        "Total number snapshot replays that failed.", by: tenant)
    static let tsdbTooOldSamples = counter(
        "prometheus_tsdb_too_old_samples_total",
        "Total number of out of order samples ingestion failed attempts with out of "
            + "support enabled, but sample outside of time window.",
        by: type)

    /// All of the above.
    static let headFamilies: [MetricFamily] = [
        .tsdbDataReplayDurationSeconds, .tsdbHeadActiveAppenders, .tsdbHeadChunks,
        .tsdbHeadChunksCreated, .tsdbHeadChunksRemoved, .tsdbHeadChunksStorageSizeBytes,
        .tsdbHeadGCDurationSeconds, .tsdbHeadMaxTime, .tsdbHeadMinTime,
        .tsdbHeadOutOfOrderSamplesAppended, .tsdbHeadSamplesAppended, .tsdbHeadSeries,
        .tsdbHeadSeriesCreated, .tsdbHeadSeriesNotFound, .tsdbHeadSeriesRemoved,
        .tsdbHeadStaleSeries, .tsdbHeadTruncationsFailed, .tsdbHeadTruncations,
        .tsdbIsolationHighWatermark, .tsdbIsolationLowWatermark, .tsdbMmapChunkCorruptions,
        .tsdbMmapChunks, .tsdbOutOfBoundSamples, .tsdbOutOfOrderSamples,
        .tsdbSnapshotReplayError, .tsdbTooOldSamples,
    ]
}
