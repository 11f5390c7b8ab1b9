/// Families about requests at the remote-write port (`NewTenantInstrumentationMiddleware`).
extension MetricFamily {
    private static let request = ["code", "handler", "method", "tenant"]

    static let httpRequestsInFlight = gauge(
        "http_inflight_requests",
        "Current number of HTTP requests the handler is responding to.",
        by: ["handler", "method", "tenant"])
    static let httpRequestDurationSeconds = histogram(
        "http_request_duration_seconds",
        "Tracks the latencies for HTTP requests.",
        by: request,
        bounds: [
            0.001, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.25,
            0.5, 0.75, 1, 2, 3, 4, 5,
        ])
    static let httpRequestSizeBytes = histogram(
        "http_request_size_bytes",
        "Tracks the size of HTTP requests.",
        by: request, bounds: exponential(from: 64, by: 2, count: 10))
    static let httpRequests = counter(
        "http_requests_total", "Tracks the number of HTTP requests.", by: request)
    static let httpResponseSizeBytes = histogram(
        "http_response_size_bytes",
        "Tracks the size of HTTP responses.",
        by: request, bounds: exponential(from: 64, by: 2, count: 10))

    /// All of the above.
    static let httpFamilies: [MetricFamily] = [
        .httpRequestsInFlight, .httpRequestDurationSeconds, .httpRequestSizeBytes,
        .httpRequests, .httpResponseSizeBytes,
    ]
}
