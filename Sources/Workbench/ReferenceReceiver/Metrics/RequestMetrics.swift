import HTTPServing
import Synchronization

/// Counts and times the requests of the remote-write port (pkg/extprom/http).
///
/// A class because all requests share the label sets that were looked up once.
final class RequestMetrics: Sendable {
    private struct Outcome: Hashable {
        let handler: String
        let method: String
        let tenant: String
        let code: Int

        var labels: ReceiverMetrics.Labels {
            [
                ("code", String(code)), ("handler", handler), ("method", method.lowercased()),
                ("tenant", tenant),
            ]
        }
    }

    private struct Counted: Sendable {
        let requests: MetricSeries
        let duration: MetricSeries
        let requestSize: MetricSeries
        let responseSize: MetricSeries
    }

    private let metrics: ReceiverMetrics
    private let known = Mutex<[Outcome: Counted]>([:])

    init(_ metrics: ReceiverMetrics) {
        self.metrics = metrics
    }

    /// Answers a request and counts it; `handler` and `tenant` are what the labels say.
    func track(
        _ request: ServedRequest, handler: String, tenant: String,
        respond: () async -> ServedResponse
    ) async -> ServedResponse {
        let inFlight = metrics.series(
            .httpRequestsInFlight,
            [("handler", handler), ("method", request.method), ("tenant", tenant)])
        inFlight.add(1)
        defer { inFlight.add(-1) }
        let start = ContinuousClock.now
        let response = await respond()
        let counted = counted(
            Outcome(
                handler: handler, method: request.method, tenant: tenant, code: response.status))
        counted.requests.add()
        counted.duration.observe((ContinuousClock.now - start) / .seconds(1))
        counted.requestSize.observe(Double(request.approximateSize))
        counted.responseSize.observe(Double(response.body.length ?? 0))
        return response
    }

    private func counted(_ outcome: Outcome) -> Counted {
        if let found = known.withLock({ $0[outcome] }) { return found }
        let labels = outcome.labels
        let counted = Counted(
            requests: metrics.series(.httpRequests, labels),
            duration: metrics.series(.httpRequestDurationSeconds, labels),
            requestSize: metrics.series(.httpRequestSizeBytes, labels),
            responseSize: metrics.series(.httpResponseSizeBytes, labels))
        known.withLock { known in
            guard known.count < ReceiverMetrics.labelSetLimit else { return }
            known[outcome] = counted
        }
        return counted
    }
}

extension ServedRequest {
    /// What `computeApproximateRequestSize` of client_golang adds up.
    fileprivate var approximateSize: Int {
        let target = rawPath.utf8.count + (rawQuery.isEmpty ? 0 : rawQuery.utf8.count + 1)
        let line = method.utf8.count + target + "HTTP/1.1".utf8.count
        let fields = headers.fields.reduce(0) { size, field in
            // The Host header counts with its value only, as Go keeps it apart.
            let isHost = field.name.lowercased() == "host"
            return size + (isHost ? 0 : field.name.utf8.count) + field.value.utf8.count
        }
        return line + fields + max(contentLength ?? 0, 0)
    }
}
