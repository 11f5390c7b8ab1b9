import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// A batch that a Prometheus agent gave up, as its log says it.
struct DroppedBatch {
    let pod: ObjectReference
    /// What the agent was told: `server returned HTTP status 404 Not Found: 404 page not found`.
    let error: String
    /// The status of the answer; nil when the error is another.
    let status: Int?
    let endpoint: EndpointAddress?
    /// Seconds before the start of the run; nil when the line bears no time.
    let age: Double?
    let evidence: EvidenceItem

    /// Repeated lines come once a minute (Prometheus' util/logging/dedupe.go): within this many
    /// seconds a fault that lasts has been logged again.
    private static let interval = 300.0

    /// Whether it is still going on.
    var isCurrent: Bool { age.map { (-60...Self.interval).contains($0) } ?? false }

    /// How long ago it was, for people: nothing when it is going on.
    var when: String { isCurrent ? "" : age.map { ", \(spoken(seconds: $0)) ago" } ?? "" }

    /// The newest batch of each pod, address and status, newest first.
    static func newest(in running: RunningAgent, now: Double, _ view: ClusterView) -> [DroppedBatch]
    {
        guard running.agent.isPrometheus else { return [] }
        struct Kind: Hashable {
            let pod: ObjectReference
            let status: Int?
            let endpoint: EndpointAddress?
        }
        var seen: Set<Kind> = []
        return running.logs.current.flatMap { log in
            log.lines.reversed().compactMap { line in
                guard let batch = DroppedBatch(line, in: log, now: now, view) else { return nil }
                let kind = Kind(pod: batch.pod, status: batch.status, endpoint: batch.endpoint)
                return seen.insert(kind).inserted ? batch : nil
            }
        }.sorted { ($0.age ?? .infinity) < ($1.age ?? .infinity) }
    }

    private init?(_ line: String, in log: ContainerLog, now: Double, _ view: ClusterView) {
        // A queue that is stopped or resized says "context canceled" with the same words.
        guard line.contains("non-recoverable error"), !line.contains("context canceled") else {
            return nil
        }
        let record = LogRecord(line)
        guard record.message == "non-recoverable error", let error = record.error else {
            return nil
        }
        pod = log.pod
        self.error = error
        status = Self.status(in: error)
        endpoint = record["url"].flatMap(EndpointAddress.init(url:))
        age = record.time.map { now - $0 }
        evidence = log.evidence(error, in: view)
    }

    private static func status(in error: String) -> Int? {
        guard let place = error.firstRange(of: "HTTP status ") else { return nil }
        return Int(error[place.upperBound...].prefix(3))
    }

    /// The answer without the words around it: `404 Not Found: 404 page not found`.
    var answer: String {
        let start = error.firstRange(of: "HTTP status ")?.upperBound ?? error.startIndex
        return shortened(error[start...])
    }
}

/// A span of time for people: `40 s`, `12 min`, `3 h`.
func spoken(seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(Int(max(seconds, 0))) s"
    case ..<7200: "\(Int(seconds / 60)) min"
    case ..<1e12: "\(Int(seconds / 3600)) h"
    default: "long"
    }
}
