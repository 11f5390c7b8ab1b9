/// A disk that takes nothing more: every write fails as a real one's does.
struct FullDisk: Sendable {
    /// The folder of `--tsdb.path`, as texts show it.
    let folder: String
    let metrics: ReceiverMetrics

    /// Counts a write of the log that failed, and says why.
    func refusal(tenant: String) -> LocalWriter.Failure {
        metrics.add(to: .tsdbWALWritesFailed, [("tenant", tenant)])
        let segment = SlashPath.joined(folder, tenant + "/wal/00000000")
        return LocalWriter.Failure(
            message: "commit samples: write to WAL: log samples: write \(segment): "
                + "no space left on device")
    }
}
