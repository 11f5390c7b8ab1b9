import BlockShipping
import HTTPServing
import ObjectStore
import TSDBStorage

/// Brings the blocks of all tenants into the bucket, again and again.
struct Uploader: Sendable {
    /// From pass to pass, as in Thanos (cmd/thanos/receive.go).
    static let interval = Duration.seconds(30)

    let tenants: StoredTenants
    let store: any ObjectStore
    let hashesFiles: Bool
    let metrics: ReceiverMetrics
    let log: ReceiverLog
    let now: @Sendable () -> WallTime

    /// One pass over all tenants; answers how many blocks went up and what failed.
    func pass() async -> ShippingRound {
        await ShippingRound.run(tenants.all.map(shipper))
    }

    private func shipper(of tenant: StoredTenants.Tenant) -> Shipper {
        let name = tenant.database.tenant
        metrics.showShipper(of: name)
        return Shipper(
            folder: tenant.database.folder, labels: tenant.labels, hashesFiles: hashesFiles,
            store: store, now: { now().rfc3339 }, observe: { observe($0, tenant: name) })
    }

    private func observe(_ event: ShippingEvent, tenant: String) {
        let labels = [(name: "tenant", value: tenant)]
        switch event {
        case .uploaded: metrics.add(to: .shipperUploads, labels)
        case .synced: metrics.add(to: .shipperDirSyncs, labels)
        case .failed: metrics.add(to: .shipperDirSyncFailures, labels)
        case .noShipperFile, .shipperFileUnreadable, .shipperFileNotWritten, .ignoredEmptyBlock,
            .uploading, .uploadFolderNotRemoved:
            break
        }
        guard let line = event.logLine else { return }
        let component: [ReceiverLog.Field] = [
            ("component", "receive"), ("component", "multi-tsdb"), ("tenant", tenant),
            ("msg", line.message),
        ]
        let fields = line.fields.sorted { $0.key < $1.key }
            .map { ReceiverLog.Field(key: $0.key, value: $0.value) }
        log(
            ReceiverLog.Level(rawValue: line.level.rawValue) ?? .info, caller: line.caller,
            component + fields)
    }

    /// Uploads until it is cancelled.
    func run() async {
        while (try? await Task.sleep(for: Self.interval)) != nil {
            if let message = await pass().message {
                line(.warn, "receive.go:841", ("msg", "upload failed"), ("err", message))
            }
        }
    }

    /// The pass behind the last cut, when everything else has ended.
    func finish() async {
        line(
            .info, "receive.go:788", ("msg", "uploading the final cut block before exiting"))
        let round = await pass()
        if let message = round.message {
            line(.error, "receive.go:794", ("msg", "the final upload failed"), ("err", message))
        } else {
            line(
                .info, "receive.go:797", ("msg", "the final cut block was uploaded"),
                ("uploaded", String(round.uploaded)))
        }
    }

    private func line(
        _ level: ReceiverLog.Level, _ caller: String, _ fields: ReceiverLog.Field...
    ) {
        log(
            level, caller: caller,
            [("component", "receive"), ("component", "uploader")] + fields)
    }
}
