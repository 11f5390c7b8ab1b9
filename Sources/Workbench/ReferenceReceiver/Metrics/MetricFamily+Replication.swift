/// Families about what is written, and passed on to peers (`NewHandler` in pkg/receive/handler.go).
extension MetricFamily {
    private static let write = ["code", "tenant"]

    static let forwardDelaySeconds = histogram(
        "thanos_receive_forward_delay_seconds",
        "The delay between the time the request was received and the time it was "
            + "forwarded to a worker. ",
        bounds: exponential(from: 0.001, by: 2, count: 16))
    static let forwardRequests = counter(
        "thanos_receive_forward_requests_total", "The number of forward requests.", by: ["result"])
    static let pendingWriteRequests = gauge(
        "thanos_receive_pending_write_requests", "The number of pending write requests.")
    static let replicationFactor = gauge(
        "thanos_receive_replication_factor",
        "The number of times to replicate incoming write requests.")
    static let replications = counter(
        "thanos_receive_replications_total",
        "The number of replication operations done by the receiver. The success of "
            + "replication is fulfilled when a quorum is met.",
        by: ["result"])
    static let writeSamples = histogram(
        "thanos_receive_write_samples",
        "The number of sampled received in the incoming write requests.",
        by: write, bounds: [10, 50, 100, 500, 1000, 5000, 10_000])
    static let writeTimeseries = histogram(
        "thanos_receive_write_timeseries",
        "The number of timeseries received in the incoming write requests.",
        by: write, bounds: [10, 50, 100, 500, 1000, 5000, 10_000])

    /// All of the above.
    static let replicationFamilies: [MetricFamily] = [
        .forwardDelaySeconds, .forwardRequests, .pendingWriteRequests, .replicationFactor,
        .replications, .writeSamples, .writeTimeseries,
    ]
}
