import HTTPServing
import TSDBStorage
import TimeSeries

/// Counts what `/api/v1/status/tsdb` tells of the heads of this receiver.
struct TSDBStatusSource: Sendable {
    let storage: TenantStorage
    let ring: InstalledRing
    let settings: WriteSettings

    func answer(to request: ServedRequest) -> ServedResponse {
        guard ring.current != nil else { return TSDBStatusDocument.notReady }
        do throws(TSDBStatusQuery.Refusal) {
            let query = try TSDBStatusQuery(request, settings: settings)
            return TSDBStatusDocument.answer(statuses(of: query.tenants, limit: query.limit))
        } catch {
            return TSDBStatusDocument.refusal(error)
        }
    }

    func statuses(of tenants: TSDBStatusQuery.Tenants, limit: Int) -> [TSDBStatus] {
        switch tenants {
        case .all: storage.all.map { Self.status(of: $0, limit: limit) }
        case .one(let name):
            storage.existing(name).map { [Self.status(of: $0, limit: limit)] } ?? []
        }
    }

    private static func status(of database: TenantDatabase, limit: Int) -> TSDBStatus {
        let head = database.headStatistics
        var pairs: [SeriesLabel: Int] = [:]
        database.forEachHeadSeries { labels in
            for label in labels.texts { pairs[label, default: 0] += 1 }
        }
        var metrics: [String: Int] = [:]
        var values: [String: Int] = [:]
        var bytes: [String: Int] = [:]
        for (label, series) in pairs {
            if label.name == "__name__" { metrics[label.value] = series }
            values[label.name, default: 0] += 1
            bytes[label.name, default: 0] += label.value.utf8.count * series
        }
        var status = TSDBStatus(tenant: database.tenant)
        status.series = head.series
        status.labelPairs = pairs.count
        status.chunks = head.chunks
        status.minTime = head.minTime
        status.maxTime = head.maxTime
        status.seriesByMetricName = counts(metrics).top(limit)
        status.valuesByLabelName = counts(values).top(limit)
        status.bytesByLabelName = counts(bytes).top(limit)
        status.seriesByLabelPair = pairs.map {
            TSDBStatus.Count(name: "\($0.key.name)=\($0.key.value)", value: $0.value)
        }.top(limit)
        return status
    }

    private static func counts(_ numbers: [String: Int]) -> [TSDBStatus.Count] {
        numbers.map { TSDBStatus.Count(name: $0.key, value: $0.value) }
    }
}
