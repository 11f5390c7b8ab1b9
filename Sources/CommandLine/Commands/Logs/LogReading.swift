import Evidence
import KubernetesModel
import LogSignatures

/// What the logs say that were read, and what could not be read.
struct LogReading: Sendable {
    /// A log of a cluster, by the name under which its lines are cited.
    struct Origin: Sendable {
        let cluster: String
        let pod: ObjectReference
        /// By which this program is told of the cluster.
        let flags: String
        /// Prints the same log.
        let command: String
    }

    var scanner = LogScanner()
    var gaps: [Gap] = []
    var origins: [String: Origin] = [:]

    var tally: LogTally { scanner.tally }

    mutating func addGap(_ name: String, _ reason: String) {
        gaps.append(Gap(source: "logs", reason: "\(name): \(reason)"))
    }
}
