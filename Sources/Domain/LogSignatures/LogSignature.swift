/// What a log line that holds certain texts says about the pipeline.
package struct LogSignature: Sendable {
    /// Who writes such lines.
    package enum Component: String, Sendable, CaseIterable {
        case receiver, agent, query, compactor, kubernetes, cilium
    }

    /// How surely the line proves the incident.
    package enum Confidence: String, Sendable { case certain, likely, possible }

    /// One way to recognise it: all texts stand on the line, in any order, and none of the others.
    ///
    /// Case counts: programs write a message in one case only, and where several programs write it
    /// differently each spelling is a trace of its own.
    package struct Trace: Sendable {
        package let texts: [String]
        package let absent: [String]
        /// The releases that write it, such as `Thanos 0.42 and later`; nil for all.
        package let versions: String?
        /// A line that it matches.
        package let example: String
    }

    /// The cause, and behind a slash which of its signatures.
    package let id: String
    /// The incident of the catalogue; nil for lines that look bad and are not.
    package let cause: String?
    package let component: Component
    package let confidence: Confidence
    /// What it means, lower case, no full stop.
    package let meaning: String
    package let nextStep: String?
    package internal(set) var traces: [Trace] = []
}

extension LogSignature {
    /// The first that matches a line explains it, so the more exact ones come first.
    package static let all = SignatureTable(
        expectedTable + receiverTable + bucketTable + agentTable + clusterTable
    ).signatures
}
