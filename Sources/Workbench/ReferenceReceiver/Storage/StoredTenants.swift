import LabelMatching
import TSDBStorage
import TimeSeries

/// The tenants of this receiver as queriers see them: with their external labels.
struct StoredTenants: Sendable {
    let storage: TenantStorage
    let ring: InstalledRing
    let externalLabels: ExternalLabels

    /// A tenant with the labels that all its series have.
    struct Tenant {
        let database: TenantDatabase
        let labels: [String: String]
    }

    var all: [Tenant] {
        let ring = ring.current
        return storage.all.map {
            Tenant(
                database: $0, labels: externalLabels.labels(ofTenant: $0.tenant, ring: ring))
        }
    }

    /// Series with external labels and without the labels to remove, sorted by labels;
    /// milliseconds, both ends included.
    func series(
        matching matchers: [LabelMatcher], from: Int64, through: Int64,
        without removed: Set<String> = []
    ) throws(StorageError) -> [ChunkedSeries] {
        var found: [ChunkedSeries] = []
        for tenant in all {
            guard let remaining = matchers.remaining(besides: tenant.labels) else { continue }
            for var series in try tenant.database.series(
                matching: remaining, from: from, through: through)
            {
                series.labels = series.labels.extended(by: tenant.labels, without: removed)
                found.append(series)
            }
        }
        return found.sorted { $0.labels < $1.labels }
    }
}
