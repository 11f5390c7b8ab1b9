import TSDBStorage

/// Refuses tenants that have too many series in memory (pkg/receive/head_series_limiter.go).
///
/// Thanos asks a Prometheus for the numbers of all receivers; here each knows its own only.
struct HeadSeriesGuard: Sendable {
    let limits: InstalledLimits
    let storage: TenantStorage
    /// Thanos limits by head series in receivers that route.
    let isActive: Bool
    let metrics: ReceiverMetrics
    let log: ReceiverLog

    func check(_ tenant: String) throws(WriteRefusal) {
        let limits = limits.current
        guard isActive, limits.metaMonitoringURL != nil else { return }
        let series = storage.existing(tenant)?.seriesCount
        switch limits.headSeries.verdict(forTenant: tenant, series: series) {
        case .allowed: return
        case .unknownTenant:
            log(
                .error, caller: "handler.go", ("component", "receive"),
                ("component", "receive-handler"), ("tenant", tenant),
                ("msg", "error while limiting"), ("err", "tenant not in current series map"))
        case .above(let limit):
            metrics.add(to: .headSeriesLimitedRequests, [("tenant", tenant)])
            log(
                .error, caller: "head_series_limiter.go", ("component", "receive"),
                ("component", "receive-limiter"), ("msg", "tenant above limit"),
                ("tenant", tenant), ("currentSeries", String(series ?? 0)),
                ("limit", String(limit)))
            throw WriteRefusal(status: 429, message: "tenant is above active series limit")
        }
    }
}
