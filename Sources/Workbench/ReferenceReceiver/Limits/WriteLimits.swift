/// What `--receive.limits-config[-file]` allows (pkg/receive/limiter_config.go).
struct WriteLimits: Hashable, Sendable {
    /// Writes that may be handled at a time; 0 is no limit.
    var maxConcurrency = 0
    /// Where Thanos asks for head series; without it nothing is limited by them.
    var metaMonitoringURL: String?
    var defaults = RequestLimits()
    /// Of tenants that have a `request` of their own, defaults filled in.
    var tenants: [String: RequestLimits] = [:]
    var headSeries = HeadSeriesLimits()

    static let none = WriteLimits()

    /// Keyed by the tenant of the request, whatever the split label says.
    func request(forTenant tenant: String) -> RequestLimits { tenants[tenant] ?? defaults }

    /// The limits after a reload: like Thanos, it cannot lift the limits on concurrency and head
    /// series, only replace them (`loadConfig` in pkg/receive/limiter.go).
    func replacing(_ old: WriteLimits) -> WriteLimits {
        var limits = self
        if maxConcurrency <= 0 { limits.maxConcurrency = old.maxConcurrency }
        if !headSeries.isActive {
            limits.headSeries = old.headSeries
            limits.metaMonitoringURL = old.metaMonitoringURL
        }
        return limits
    }

    /// The values of `thanos_receive_write_limits`, the defaults under an empty tenant.
    var gauges: [(tenant: String, limit: RequestLimits.Kind, value: Int)] {
        let all = tenants.sorted { $0.key < $1.key }
        return ([("", defaults)] + all).flatMap { tenant, limits in
            RequestLimits.Kind.allCases.map { (tenant, $0, limits[$0]) }
        }
    }
}

/// How many series a tenant may have in memory (pkg/receive/head_series_limiter.go).
struct HeadSeriesLimits: Hashable, Sendable {
    /// Of tenants that are not listed; 0 is no limit.
    var defaultLimit: UInt64 = 0
    /// Of listed tenants, inherited or their own; 0 is no limit.
    var tenants: [String: UInt64] = [:]

    /// What becomes of a request.
    enum Verdict: Hashable, Sendable {
        case allowed
        /// Allowed, and logged as `tenant not in current series map`.
        case unknownTenant
        /// Answered 429.
        case above(limit: UInt64)
    }

    /// Whether any tenant is limited at all; only then does Thanos make its limiter.
    var isActive: Bool { defaultLimit != 0 || tenants.values.contains { $0 != 0 } }

    /// - Parameter series: what the tenant has now; nil when that is not known.
    func verdict(forTenant tenant: String, series: Int?) -> Verdict {
        guard isActive else { return .allowed }
        guard let series else { return .unknownTenant }
        let limit = tenants[tenant] ?? defaultLimit
        guard limit > 0, UInt64(max(0, series)) >= limit else { return .allowed }
        return .above(limit: limit)
    }
}
