/// Families about what the Store API was asked for.
extension MetricFamily {
    static let emptyStreamResponses = counter(
        "thanos_proxy_store_empty_stream_responses_total",
        "Total number of empty responses received.")
    static let storeChunksRequested = histogram(
        "thanos_store_server_chunks_requested",
        "Number of requested chunks for Series calls",
        bounds: [1, 100, 1000, 10_000, 100_000, 1e7, 1e8, 1e9])
    static let storePendingSeriesRequests = gauge(
        "thanos_store_server_pending_series_requests", "Number of pending series requests")
    static let storeSeriesRequested = histogram(
        "thanos_store_server_series_requested",
        "Number of requested series for Series calls",
        bounds: [1, 10, 100, 1000, 10_000, 100_000, 1e6])

    /// All of the above.
    static let storeFamilies: [MetricFamily] = [
        .emptyStreamResponses, .storeChunksRequested, .storePendingSeriesRequests,
        .storeSeriesRequested,
    ]
}
