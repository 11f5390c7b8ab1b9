import CheckCatalogue
import Diagnosis
import KubernetesModel
import LogSignatures

/// What a tally of log lines means in terms of the catalogue.
struct LogExplanation {
    private let tally: LogTally

    init(_ tally: LogTally) { self.tally = tally }

    func conclusion(isComplete: Bool) -> Conclusion {
        Conclusion(
            logs: faults,
            lines: LineCount(
                total: tally.total, explained: tally.explained, unexplained: tally.unexplained),
            causes: Catalogue.causes, isComplete: isComplete)
    }

    private typealias Seen = (signature: LogSignature, sighting: LogTally.Sighting)

    /// One fault a cause, whichever of its signatures were seen.
    private var faults: [LoggedFault] {
        let seen = tally.sightings.sorted { $0.key < $1.key }
            .map { (LogSignature.all[$0.key], $0.value) as Seen }
            .filter { $0.signature.cause != nil }
        return Dictionary(grouping: seen) { $0.signature.cause ?? "" }
            .sorted { $0.key < $1.key }.compactMap { Self.fault($0.key, $0.value) }
    }

    private static func fault(_ cause: String, _ seen: [Seen]) -> LoggedFault? {
        guard let first = seen.first, let place = first.sighting.places.first else { return nil }
        let known = Catalogue.known.first { $0.id == cause }
        let check = Catalogue.entry(cause)?.check
        let fix = [first.signature.nextStep, check?.fix ?? known?.summary].compactMap(\.self)
            .joined(separator: "\n")
        let advice = [fix, caution(for: first.signature, besides: fix)].compactMap(\.self)
        let confirm = check == nil ? nil : "thanosctl doctor --only \(cause)"
        return LoggedFault(
            check: cause, severity: Severity(rawValue: known?.severity ?? "") ?? .warning,
            confidence: Confidence(rawValue: first.signature.confidence.rawValue) ?? .possible,
            message: first.signature.meaning, why: check?.why ?? "",
            fix: advice.joined(separator: "\n"),
            object: ObjectReference(kind: "Log", name: place.source),
            evidence: [
                EvidenceItem(
                    "logs", "\(place.source):\(place.line): \(excerpt(place.text))",
                    command: confirm)
            ],
            sightings: sightings(seen.map(\.sighting)))
    }

    private static func sightings(_ all: [LogTally.Sighting]) -> Sightings {
        Sightings(
            count: all.reduce(0) { $0 + $1.count }, first: all.compactMap(\.first).min(),
            last: all.compactMap(\.last).max(),
            places: all.flatMap(\.places).map { place in
                Sightings.Place(
                    file: place.source, line: place.line, length: place.text.unicodeScalars.count)
            })
    }

    /// What agents complain of makes people restart them, which costs what is queued.
    private static func caution(for signature: LogSignature, besides fix: String) -> String? {
        let words = fix.split { $0.isWhitespace }.joined(separator: " ")
        guard signature.component == .agent, signature.cause != "agent-restart-drops-queue",
            !words.contains("not restart")
        else { return nil }
        return "Do not restart the agents for it: what they have queued would be lost "
            + "(agent-restart-drops-queue)."
    }

    /// A stack trace behind an error says nothing to an operator.
    private static func excerpt(_ line: String) -> String {
        line.unicodeScalars.count > 240 ? String(line.prefix(240)) + "…" : line
    }
}
