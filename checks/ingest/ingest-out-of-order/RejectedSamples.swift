import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// Samples of one tenant that receivers refused as out of order or duplicate, as their logs say.
struct RejectedSamples {
    let tenant: String
    /// The first fault of each kind, in the words of the log.
    let reasons: [String]
    let count: Int
    /// From the first line to the last.
    let seconds: Double
    let isCurrent: Bool
    let pods: Set<ObjectReference>
    let evidence: [EvidenceItem]

    /// Messages of `receive-writer` (Thanos' pkg/receive/writer_errors.go) and what they mean.
    private static let kinds = [
        (message: "Error on ingesting out-of-order samples", reason: "out of order"),
        (
            message: "Error on ingesting samples with different value but same timestamp",
            reason: "another value for the same time"
        ),
        (message: "Error on series with out-of-order labels", reason: "labels out of order"),
        (message: "Error on series with duplicate labels", reason: "duplicate labels"),
    ]

    /// A line of one of these kinds.
    private struct Line {
        let log: ContainerLog
        let record: LogRecord
        let reason: String

        init?(_ text: String, in log: ContainerLog) {
            guard text.contains("Error on ") else { return nil }
            let record = LogRecord(text)
            guard let kind = kinds.first(where: { $0.message == record.message }) else {
                return nil
            }
            self.log = log
            self.record = record
            reason = kind.reason
        }
    }

    /// The tenants of a group, the one with the most lines first.
    static func all(
        of running: RunningGroup, now: Double, _ view: ClusterView
    ) -> [RejectedSamples] {
        let lines = running.logs.current.flatMap { log in
            log.lines.compactMap { Line($0, in: log) }
        }
        return Dictionary(grouping: lines) { $0.record["tenant"] ?? "" }
            .map { RejectedSamples(tenant: $0, $1, now: now, view) }
            .sorted { ($1.count, $0.tenant) < ($0.count, $1.tenant) }
    }

    private init(tenant: String, _ lines: [Line], now: Double, _ view: ClusterView) {
        self.tenant = tenant
        let found = Set(lines.map(\.reason))
        reasons = Self.kinds.map(\.reason).filter(found.contains)
        count = lines.count
        let times = lines.compactMap(\.record.time)
        seconds = (times.max() ?? 0) - (times.min() ?? 0)
        isCurrent = times.max().map { (-60...300).contains(now - $0) } ?? false
        pods = Set(lines.map(\.log.pod))
        let newest = Dictionary(lines.map { ($0.log.pod, $0) }) { $1 }.values
        evidence = newest.sorted { $0.log.pod.name < $1.log.pod.name }.prefix(4).map { line in
            let dropped = line.record["numDropped"].map { " numDropped=\($0)" } ?? ""
            return line.log.evidence("\(line.record.message)\(dropped)", in: view)
        }
    }

    /// Whether it goes on rather than being the remains of a restart.
    var isSteady: Bool { isCurrent && count >= 3 && seconds >= 120 }
}
