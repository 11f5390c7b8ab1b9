import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// Batches that an agent sends again and again, as its log says it.
struct SendingRetries {
    let error: String
    let endpoint: EndpointAddress?
    /// From the first such line to the last.
    let seconds: Double
    private let log: ContainerLog

    /// A line a minute says that a batch was refused once more.
    private static let interval = 90.0

    /// Nil unless it has gone on for minutes, and still does.
    init?(_ logs: [ContainerLog], now: Double) {
        let found = logs.current.lazy.compactMap { log in
            SendingRetries(log, now: now)
        }.first
        guard let found else { return nil }
        self = found
    }

    private init?(_ log: ContainerLog, now: Double) {
        let records = log.lines.filter { $0.contains("Failed to send batch, retrying") }
            .map(LogRecord.init)
        let times = records.compactMap(\.time)
        guard records.count >= 3, let first = times.first, let last = times.last,
            last - first >= 120, (-60...Self.interval).contains(now - last),
            let error = records.last?.error
        else { return nil }
        // The URL stands before the reason once more.
        let reason = error.firstRange(of: "\": ").map { String(error[$0.upperBound...]) } ?? error
        self.error = shortened(reason)
        endpoint = records.last?["url"].flatMap(EndpointAddress.init(url:))
        seconds = last - first
        self.log = log
    }

    func evidence(in view: ClusterView) -> EvidenceItem {
        log.evidence("Failed to send batch, retrying: \(error)", in: view)
    }
}
