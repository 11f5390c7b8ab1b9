/// Families about the blocks of a tenant (prometheus/tsdb/db.go and compact.go).
extension MetricFamily {
    private static let tenant = ["tenant"]

    static let tsdbBlocksLoaded = gauge(
        "prometheus_tsdb_blocks_loaded", "Number of currently loaded data blocks", by: tenant)
    static let tsdbCleanStart = gauge(
        "prometheus_tsdb_clean_start",
        "-1: lockfile is disabled. 0: a lockfile from a previous execution was "
            + "replaced. 1: lockfile creation was clean",
        by: tenant)
    static let tsdbCompactionChunkRangeSeconds = histogram(
        "prometheus_tsdb_compaction_chunk_range_seconds",
        "Final time range of chunks on their first compaction",
        by: tenant, bounds: exponential(from: 100, by: 4, count: 10))
    static let tsdbCompactionChunkSamples = histogram(
        "prometheus_tsdb_compaction_chunk_samples",
        "Final number of samples on their first compaction",
        by: tenant, bounds: exponential(from: 4, by: 1.5, count: 12))
    static let tsdbCompactionChunkSizeBytes = histogram(
        "prometheus_tsdb_compaction_chunk_size_bytes",
        "Final size of chunks on their first compaction",
        by: tenant, bounds: exponential(from: 32, by: 1.5, count: 12))
    static let tsdbCompactionDurationSeconds = histogram(
        "prometheus_tsdb_compaction_duration_seconds",
        "Duration of compaction runs", by: tenant, bounds: exponential(from: 1, by: 2, count: 14))
    static let tsdbCompactionPopulatingBlock = gauge(
        "prometheus_tsdb_compaction_populating_block",
        "Set to 1 when a block is currently being written to the disk.", by: tenant)
    static let tsdbCompactionsFailed = counter(
        "prometheus_tsdb_compactions_failed_total",
        "Total number of compactions that failed for the partition.", by: tenant)
    static let tsdbCompactionsSkipped = counter(
        "prometheus_tsdb_compactions_skipped_total",
        "Total number of skipped compactions due to disabled auto compaction.", by: tenant)
    static let tsdbCompactions = counter(
        "prometheus_tsdb_compactions_total",
        "Total number of compactions that were executed for the partition.", by: tenant)
    static let tsdbCompactionsTriggered = counter(
        "prometheus_tsdb_compactions_triggered_total",
        "Total number of triggered compactions for the partition.", by: tenant)
    static let tsdbLowestTimestamp = gauge(
        "prometheus_tsdb_lowest_timestamp",
        "Lowest timestamp value stored in the database. The unit is decided by the "
            + "library consumer.",
        by: tenant)
    static let tsdbReloadsFailures = counter(
        "prometheus_tsdb_reloads_failures_total",
        "Number of times the database failed to reloadBlocks block data from disk.", by: tenant)
    static let tsdbReloads = counter(
        "prometheus_tsdb_reloads_total",
        "Number of times the database reloaded block data from disk.", by: tenant)
    static let tsdbRetentionLimitBytes = gauge(
        "prometheus_tsdb_retention_limit_bytes",
        "Max number of bytes to be retained in the tsdb blocks, configured 0 means "
            + "disabled",
        by: tenant)
    static let tsdbRetentionLimitSeconds = gauge(
        "prometheus_tsdb_retention_limit_seconds",
        "How long to retain samples in storage.", by: tenant)
    static let tsdbSizeRetentions = counter(
        "prometheus_tsdb_size_retentions_total",
        "The number of times that blocks were deleted because the maximum number of "
            + "bytes was exceeded.",
        by: tenant)
    static let tsdbStorageBlocksBytes = gauge(
        "prometheus_tsdb_storage_blocks_bytes",
        "The number of bytes that are currently used for local storage by all blocks.", by: tenant)
    static let tsdbSymbolTableSizeBytes = gauge(
        "prometheus_tsdb_symbol_table_size_bytes",
        "Size of symbol table in memory for loaded blocks", by: tenant)
    static let tsdbTimeRetentions = counter(
        "prometheus_tsdb_time_retentions_total",
        "The number of times that blocks were deleted because the maximum time limit "
            + "was exceeded.",
        by: tenant)
    static let tsdbTombstoneCleanupSeconds = histogram(
        "prometheus_tsdb_tombstone_cleanup_seconds",
        "The time taken to recompact blocks to remove tombstones.", by: tenant, bounds: [])
    static let tsdbVerticalCompactions = counter(
        "prometheus_tsdb_vertical_compactions_total",
        "Total number of compactions done on overlapping blocks.", by: tenant)

    /// All of the above.
    static let blocksFamilies: [MetricFamily] = [
        .tsdbBlocksLoaded, .tsdbCleanStart, .tsdbCompactionChunkRangeSeconds,
        .tsdbCompactionChunkSamples, .tsdbCompactionChunkSizeBytes,
        .tsdbCompactionDurationSeconds, .tsdbCompactionPopulatingBlock,
        .tsdbCompactionsFailed, .tsdbCompactionsSkipped, .tsdbCompactions,
        .tsdbCompactionsTriggered, .tsdbLowestTimestamp, .tsdbReloadsFailures,
        .tsdbReloads, .tsdbRetentionLimitBytes, .tsdbRetentionLimitSeconds,
        .tsdbSizeRetentions, .tsdbStorageBlocksBytes, .tsdbSymbolTableSizeBytes,
        .tsdbTimeRetentions, .tsdbTombstoneCleanupSeconds, .tsdbVerticalCompactions,
    ]
}
