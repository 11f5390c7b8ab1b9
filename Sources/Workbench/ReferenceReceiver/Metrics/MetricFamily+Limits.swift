/// Families about limits of writes, and the gate before them.
extension MetricFamily {
    private static let limit = ["limit", "tenant"]
    private static let tenant = ["tenant"]

    static let headSeriesLimit = gauge(
        "thanos_receive_head_series_limit",
        "The configured limit for active (head) series of tenants.", by: tenant)
    static let headSeriesLimitedRequests = counter(
        "thanos_receive_head_series_limited_requests_total",
        "The total number of remote write requests that have been dropped due to "
            + "active series limiting.",
        by: tenant)
    static let limitsConfigReloadErrors = counter(
        "thanos_receive_limits_config_reload_err_total",
        "How many times the limit configuration failed to reload.")
    static let limitsConfigReloads = counter(
        "thanos_receive_limits_config_reload_total",
        "How many times the limit configuration was reloaded")
    static let metaMonitoringFailedQueries = counter(
        "thanos_receive_metamonitoring_failed_queries_total",
        "The total number of meta-monitoring queries that failed while limiting.")
    static let writeLimits = gauge(
        "thanos_receive_write_limits", "The configured write limits.", by: limit)
    static let writeLimitsHit = summary(
        "thanos_receive_write_limits_hit",
        "Summary of how much beyond the limit a refused remote write request was.",
        by: limit, quantiles: [0.5, 0.95, 0.99])
    static let writeGateWaitSeconds = histogram(
        "thanos_receive_write_request_concurrent_gate_write_requests_duration_seconds",
        "How many seconds it took for write_requests to wait at the gate.",
        bounds: [0.01, 0.1, 0.3, 0.6, 1, 3, 6, 9, 20, 30, 60, 90, 120, 240, 360, 720])
    static let writeGateInFlight = gauge(
        "thanos_receive_write_request_concurrent_gate_write_requests_in_flight",
        "Number of write_requests that are currently in flight.")
    static let writeGateMaximum = gauge(
        "thanos_receive_write_request_concurrent_gate_write_requests_max",
        "Maximum number of concurrent write_requests.")
    static let writeGateRequests = counter(
        "thanos_receive_write_request_concurrent_gate_write_requests_total",
        "Total number of write_requests.")

    /// All of the above.
    static let limitsFamilies: [MetricFamily] = [
        .headSeriesLimit, .headSeriesLimitedRequests, .limitsConfigReloadErrors,
        .limitsConfigReloads, .metaMonitoringFailedQueries, .writeLimits, .writeLimitsHit,
        .writeGateWaitSeconds, .writeGateInFlight, .writeGateMaximum, .writeGateRequests,
    ]
}
