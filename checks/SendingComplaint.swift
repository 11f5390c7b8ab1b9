import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What an agent says of an address before anybody there has answered, and still says.
struct SendingComplaint {
    let target: RemoteWriteTarget
    /// The words that were sought.
    let words: String
    let record: LogRecord
    /// Whether it has gone on for minutes; a moment may have been a restart.
    let lasts: Bool
    private let log: ContainerLog

    /// Prometheus writes a repeated line once a minute (util/logging/dedupe.go).
    private static let interval = 180.0

    /// The last of each address that an agent writes to.
    static func all(
        of running: RunningAgent, saying words: [String], now: Double
    ) -> [SendingComplaint] {
        var seen: Set<String> = []
        return running.logs.current.flatMap { log in
            running.agent.remoteWrites.compactMap { target in
                SendingComplaint(log, of: target, saying: words, now: now).flatMap {
                    seen.insert(target.url.value).inserted ? $0 : nil
                }
            }
        }
    }

    private init?(
        _ log: ContainerLog, of target: RemoteWriteTarget, saying words: [String], now: Double
    ) {
        // Most lines of a busy agent name the address, and few complain.
        let found = log.lines.filter { line in
            words.contains(where: line.contains) && line.contains(target.url.value)
        }.map(LogRecord.init).compactMap { record in
            Self.word(of: words, in: record).map { (record, $0) }
        }
        guard let (last, word) = found.last, let time = last.time,
            (-60..<Self.interval).contains(now - time)
        else { return nil }
        let recent = found.compactMap(\.0.time).filter { now - $0 < 900 }
        self.target = target
        self.words = word
        record = last
        lasts = recent.count >= 2 && time - (recent.first ?? time) >= 120
        self.log = log
    }

    /// A status is an answer, and what it says is of the receivers' own peers.
    private static func word(of words: [String], in record: LogRecord) -> String? {
        let error = record["err"] ?? ""
        guard !record.isAnswer, !error.contains("server returned HTTP status") else { return nil }
        return words.first(where: error.contains)
    }

    func evidence(in view: ClusterView) -> EvidenceItem {
        EvidenceItem(
            "logs", String(record.line.prefix(400)),
            command: log.showing(in: view))
    }

    /// Why, without the address that it names once more.
    var reason: String {
        let error = record["err"] ?? ""
        let rest =
            error.firstRange(of: target.url.value).map { error[$0.upperBound...] } ?? error[...]
        return String(rest.drop { "\\\": ".contains($0) })
    }

    /// The Service of the agent's own cluster that it writes to.
    func service(in view: ClusterView) -> [ObjectReference] {
        target.endpoint.flatMap { view.pipeline.service(at: $0)?.reference }.map { [$0] } ?? []
    }
}
