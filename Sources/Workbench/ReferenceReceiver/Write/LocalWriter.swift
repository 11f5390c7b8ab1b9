import ReceiveFlags
import RemoteWrite
import TSDBStorage
import TimeSeries

/// Stores series in the databases of their tenants (`Writer` in pkg/receive/writer.go).
struct LocalWriter: Sendable {
    let storage: TenantStorage
    /// Milliseconds ahead of now that a sample may be; 0 for no limit
    /// (`--tsdb.too-far-in-future.time-window`).
    let futureWindow: Int64
    let log: ReceiverLog
    let now: @Sendable () -> WallTime
    /// Set when nothing can be stored (`--fault disk-full`).
    var fullDisk: FullDisk?

    /// What could not even be tried.
    struct Failure: Error {
        let message: String
    }

    /// Stores what is sound in a request, waits until it is durable, and reports the rest.
    ///
    /// Of the series those count for which `isChosen` holds, by their place in the request.
    func write(
        _ request: WriteRequest, tenant: String, isChosen: @Sendable (Int) -> Bool = { _ in true }
    ) async throws(Failure) -> WriteReport {
        let database = try await database(of: tenant)
        if let fullDisk { throw fullDisk.refusal(tenant: tenant) }
        guard database.hasRoom else {
            throw Failure(message: "commit samples: write to WAL: log samples: too much waits")
        }
        let newest = newestAccepted
        let (report, commit) = await database.write { head in
            var report = WriteReport()
            var place = 0
            request.forEachSeries { series in
                if isChosen(place) {
                    store(series, of: tenant, in: &head, newest: newest, &report)
                }
                place += 1
            }
            return report
        }
        do throws(StorageError) {
            try await database.durable(commit)
        } catch {
            throw Failure(message: "commit samples: write to WAL: log samples: \(error.message)")
        }
        logFaults(report, tenant: tenant)
        return report
    }

    private func database(of tenant: String) async throws(Failure) -> TenantDatabase {
        do throws(StorageError) {
            return try await storage.database(of: tenant)
        } catch {
            throw Failure(message: "get tenant appendable: \(error.message)")
        }
    }

    private var newestAccepted: Int64 {
        guard futureWindow > 0 else { return .max }
        return now().milliseconds + futureWindow
    }

    private func store(
        _ series: SeriesView, of tenant: String, in head: inout HeadWriter, newest: Int64,
        _ report: inout WriteReport
    ) {
        var series = series
        guard let index = Self.place(of: &series, in: &head, &report) else { return }
        series.forEachSample { timestamp, value in
            let fault: AppendFault?
            if timestamp > newest {
                fault = .outOfBounds
                logFuture(series, of: tenant, timestamp, newest)
            } else {
                fault = head.append(timestamp, value, to: index)
            }
            if let fault { report.note(.sample(fault)) }
        }
        guard series.hasHistograms else { return }
        series.forEachHistogram { timestamp, histogram in
            let fault =
                timestamp > newest ? .outOfBounds : head.append(timestamp, histogram, to: index)
            if let fault { report.note(.sample(fault)) }
        }
    }

    private func logFuture(
        _ series: SeriesView, of tenant: String, _ timestamp: Int64, _ newest: Int64
    ) {
        let labels = series.decodedLabels().map { "\($0.name)=\(GoString.quoted($0.value))" }
        log(
            .warn, caller: "writer.go:44", ("component", "receive"),
            ("component", "receive-writer"), ("tenant", tenant),
            ("msg", "block metric too far in the future"),
            ("lset", "{\(labels.joined(separator: ", "))}"), ("timestamp", String(timestamp)),
            ("bound", String(Double(newest) / 1000)))
    }

    /// Series that are known need no look at their labels: only sound ones become known.
    private static func place(
        of series: inout SeriesView, in head: inout HeadWriter, _ report: inout WriteReport
    ) -> Int? {
        if let index = head.expected(where: { series.hasLabels($0) }) { return index }
        if let labels = series.usualLabels, let index = head.find(labels) { return index }
        if let fault = series.labelFault() {
            report.note(.labels(fault))
            return nil
        }
        return head.series(series.labelSet())
    }

    private func logFaults(_ report: WriteReport, tenant: String) {
        for fault in WriteFault.allCases {
            guard let dropped = report.faults[fault] else { continue }
            log(
                .warn, caller: fault.caller, ("component", "receive"),
                ("component", "receive-writer"), ("tenant", tenant), ("msg", fault.logMessage),
                ("numDropped", String(dropped)))
        }
    }
}
