import BlockShipping
import ReceiveFlags
import TSDBFormat
import TSDBStorage

/// What the flags say about storage.
struct StoragePlan {
    let flags: ParsedReceiveFlags
    let files: LocalFiles
    let syncsLog: Bool
    let ships: Bool

    /// The storage, not yet opened.
    func storage(log: ReceiverLog) -> TenantStorage {
        TenantStorage(
            folder: files.mappings.real(for: flags.tsdbPath), options: options,
            observe: { StorageLog(log: log).write($0) })
    }

    private var options: DatabaseOptions {
        // A block is deleted only once `thanos.shipper.json` says that it is in the bucket.
        let ships = ships
        let mayDelete = { @Sendable (folder: String, ulid: String) -> Bool in
            guard ships else { return true }
            let uploaded = (try? ShipperFile(folder: folder))?.uploaded ?? []
            return uploaded.contains { $0.description == ulid }
        }
        return DatabaseOptions(
            head: HeadOptions(
                blockRange: milliseconds(flags.minBlockDuration) ?? 7_200_000,
                outOfOrderWindow: milliseconds(flags.outOfOrderTimeWindow) ?? 0),
            syncsLog: syncsLog, retention: milliseconds(flags.tsdbRetention) ?? 0,
            mayDelete: mayDelete)
    }

    private func milliseconds(_ duration: Duration?) -> Int64? {
        duration.map { Int64($0 / .milliseconds(1)) }
    }

    /// How often heads are looked at; Thanos' TSDB does so every minute (tsdb/db.go).
    var maintenanceInterval: Duration {
        min(.seconds(60), max(.milliseconds(500), (flags.minBlockDuration ?? .seconds(7200)) / 4))
    }
}

/// Writes what happens in storage as the TSDB of Thanos logs it.
struct StorageLog {
    let log: ReceiverLog

    func write(_ event: StorageEvent) {
        switch event {
        case .opening(let tenant): line(.info, "multitsdb.go:641", tenant, ("msg", "opening TSDB"))
        case .ready(let tenant):
            line(.info, "multitsdb.go:671", tenant, ("msg", "TSDB is now ready"))
        case .repaired(let tenant, let error):
            line(
                .warn, "db.go:1063", tenant,
                ("msg", "Encountered WAL read error, attempting repair"),
                ("err", "read records: " + error))
        case .cutBlock(let tenant, let ulid, let minTime, let maxTime):
            line(
                .info, "compact.go:571", tenant, ("msg", "write block"),
                ("mint", String(minTime)), ("maxt", String(maxTime)), ("ulid", ulid))
        case .deletedBlock(let tenant, let ulid):
            line(.info, "db.go:1722", tenant, ("msg", "Deleting obsolete block"), ("block", ulid))
        case .maintenanceFailed(let tenant, let error):
            line(.error, "db.go:1126", tenant, ("msg", "compaction failed"), ("err", error))
        }
    }

    private func line(
        _ level: ReceiverLog.Level, _ caller: String, _ tenant: String,
        _ fields: ReceiverLog.Field...
    ) {
        log(
            level, caller: caller,
            [("component", "receive"), ("component", "multi-tsdb"), ("tenant", tenant)] + fields)
    }
}
