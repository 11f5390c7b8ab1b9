import HTTPServing

/// The admin port: probes and metrics, for any method, and what we add to them.
struct AdminEndpoint: Sendable {
    let probes: ProbeStatus
    let metrics: ReceiverMetrics
    let queries: QueryEndpoint

    func respond(to request: ServedRequest) async -> ServedResponse {
        switch request.path {
        case "/-/healthy": probe(probes.current.isHealthy)
        case "/-/ready": probe(probes.current.isReady)
        case "/metrics": exposition
        default: await queries.respond(to: request) ?? GoResponse.notFound
        }
    }

    private func probe(_ isGood: Bool) -> ServedResponse {
        isGood ? GoResponse.plain(200, "OK") : GoResponse.error(503, "NOT OK")
    }

    private var exposition: ServedResponse {
        let status = probes.current
        metrics.set(
            .status, [("check", "healthy"), ("component", "receive")],
            to: status.isHealthy ? 1 : 0)
        metrics.set(
            .status, [("check", "ready"), ("component", "receive")], to: status.isReady ? 1 : 0)
        return ServedResponse(
            status: 200,
            headers: [
                (
                    "Content-Type",
                    "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"
                )
            ],
            body: .bytes(Array(metrics.render().utf8)))
    }
}
