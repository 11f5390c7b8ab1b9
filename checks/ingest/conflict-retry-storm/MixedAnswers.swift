import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// Answers that name both a conflict and a node out of reach, as a log repeats them.
struct MixedAnswers {
    let pod: ObjectReference
    /// The last of them, without the words around it.
    let answer: String
    /// The address of remote write, in an agent's log.
    let url: String?
    /// From the first to the last.
    let seconds: Double
    let evidence: EvidenceItem

    /// Agents write a repeated line once a minute (Prometheus' util/logging/dedupe.go).
    private static let interval = 120.0

    /// The first log in which they have come for minutes, and still do.
    ///
    /// - Parameter messages: of which lines the error is read.
    static func first(
        in logs: [ContainerLog], messages: [String], now: Double, _ view: ClusterView
    ) -> MixedAnswers? {
        logs.current.lazy.compactMap { log in
            MixedAnswers(log, messages: messages, now: now, view)
        }.first
    }

    private init?(_ log: ContainerLog, messages: [String], now: Double, _ view: ClusterView) {
        let records = log.lines.filter(Self.isMixed).map(LogRecord.init)
            .filter { messages.contains($0.message) }
        let times = records.compactMap(\.time)
        guard times.count >= 3, let first = times.first, let last = times.last,
            last - first >= Self.interval, (-60...Self.interval).contains(now - last),
            let record = records.last, let error = record.error
        else { return nil }
        pod = log.pod
        let start = error.firstRange(of: "HTTP status ")?.upperBound ?? error.startIndex
        answer = shortened(error[start...])
        url = record["url"]
        seconds = last - first
        evidence = log.evidence("\(times.count) times \(record.message): \(error)", in: view)
    }

    private static func isMixed(_ line: String) -> Bool {
        conflicts.contains(where: line.contains) && outOfReach.contains(where: line.contains)
            // What is answered with 409 is dropped, and not tried again.
            && !line.contains("HTTP status 4")
    }

    private static let conflicts = [
        "code = AlreadyExists", "out of order sample", "duplicate sample for timestamp",
    ]
    private static let outOfReach = ["target not available", "code = Unavailable"]
}
