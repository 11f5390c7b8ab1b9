import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// A line in which a receiver that runs complains of something.
struct ReceiverComplaint {
    let pod: ObjectReference
    let record: LogRecord
    /// Seconds before the start of the run.
    let age: Double
    private let command: String

    /// Within so many seconds a fault that lasts has been logged again.
    static let recent = 300.0

    /// Whether it is still going on.
    var isCurrent: Bool { age <= Self.recent }

    func evidence(_ what: String) -> EvidenceItem {
        EvidenceItem("logs", "pod \(pod.name): \(what)", command: command)
    }

    /// The lines of the last day with these words, newest first.
    static func all(
        in running: RunningGroup?, saying words: String..., now: Double, _ view: ClusterView
    ) -> [ReceiverComplaint] {
        let logs = running?.logs.current ?? []
        return logs.flatMap { log in
            log.lines.compactMap { line -> ReceiverComplaint? in
                guard words.contains(where: line.contains) else { return nil }
                let record = LogRecord(line)
                // Clocks may differ a little; a line of tomorrow tells nothing.
                guard let age = record.time.map({ now - $0 }), (-60...86400).contains(age) else {
                    return nil
                }
                return ReceiverComplaint(
                    pod: log.pod, record: record, age: age,
                    command: log.showing(in: view))
            }
        }.sorted { $0.age < $1.age }
    }
}
