import TSDBStorage

/// Shows the heads of all tenants whenever somebody looks at `/metrics`.
struct StorageMetrics: Sendable {
    let storage: TenantStorage

    func show(in scrape: inout Scrape) {
        for database in storage.all {
            let statistics = database.headStatistics
            let tenant: ReceiverMetrics.Labels = [("tenant", database.tenant)]
            scrape.set(.tsdbHeadSeries, tenant, to: Double(statistics.series))
            scrape.set(.tsdbHeadSeriesCreated, tenant, to: Double(statistics.seriesCreated))
            scrape.set(.tsdbHeadSeriesRemoved, tenant, to: Double(statistics.seriesRemoved))
            scrape.set(.tsdbHeadChunks, tenant, to: Double(statistics.chunks))
            scrape.set(.tsdbHeadMinTime, tenant, to: Double(statistics.minTime))
            scrape.set(.tsdbHeadMaxTime, tenant, to: Double(statistics.maxTime))
            scrape.set(.tsdbBlocksLoaded, tenant, to: Double(statistics.blocks))
            scrape.set(.tsdbWALStorageSizeBytes, tenant, to: Double(statistics.logBytes))
            show(statistics.floats, as: "float", tenant, in: &scrape)
            show(statistics.histograms, as: "histogram", tenant, in: &scrape)
        }
    }

    private func show(
        _ counts: SampleCounts, as type: String, _ tenant: ReceiverMetrics.Labels,
        in scrape: inout Scrape
    ) {
        let labels = tenant + [("type", type)]
        let count = { (fault: AppendFault) in Double(counts.faults[fault] ?? 0) }
        scrape.set(.tsdbHeadSamplesAppended, labels, to: Double(counts.appended))
        scrape.set(.tsdbHeadOutOfOrderSamplesAppended, labels, to: Double(counts.late))
        scrape.set(.tsdbOutOfOrderSamples, labels, to: count(.outOfOrder))
        scrape.set(.tsdbOutOfBoundSamples, labels, to: count(.outOfBounds))
        scrape.set(.tsdbTooOldSamples, labels, to: count(.tooOld))
    }
}
