import CheckCatalogue
import Diagnosis
import Evidence
import KubernetesModel
import LogSignatures

/// What log lines mean in terms of the catalogue.
struct LogExplanation {
    private let tally: LogTally
    private let origins: [String: LogReading.Origin]

    init(_ tally: LogTally, origins: [String: LogReading.Origin] = [:]) {
        self.tally = tally
        self.origins = origins
    }

    func conclusion(gaps: [Gap]) -> Conclusion {
        Conclusion(
            logs: faults,
            lines: LineCount(
                total: tally.total, explained: tally.explained, unexplained: tally.unexplained,
                firstUnexplained: tally.unexplainedPlaces.first.map { "\($0.source):\($0.line)" }),
            causes: Catalogue.causes, gaps: gaps)
    }

    private typealias Seen = (signature: LogSignature, sighting: LogTally.Sighting)

    /// One a cause, whichever of its signatures were seen.
    var faults: [LoggedFault] {
        let seen = tally.sightings.sorted { $0.key < $1.key }
            .map { (LogSignature.all[$0.key], $0.value) as Seen }
            .filter { $0.signature.cause != nil }
        return Dictionary(grouping: seen) { $0.signature.cause ?? "" }
            .sorted { $0.key < $1.key }.compactMap { fault($0.key, $0.value) }
    }

    private func fault(_ cause: String, _ seen: [Seen]) -> LoggedFault? {
        guard let first = seen.first, let place = first.sighting.places.first else { return nil }
        let known = Catalogue.known.first { $0.id == cause }
        let check = Catalogue.entry(cause)?.check
        let fix = [first.signature.nextStep, check?.fix ?? known?.summary].compactMap(\.self)
            .joined(separator: "\n")
        let advice = [fix, Self.caution(for: first.signature, besides: fix)].compactMap(\.self)
        let origin = origins[place.source]
        return LoggedFault(
            check: cause, severity: Severity(rawValue: known?.severity ?? "") ?? .warning,
            confidence: Confidence(rawValue: first.signature.confidence.rawValue) ?? .possible,
            message: first.signature.meaning, why: check?.why ?? "",
            fix: advice.joined(separator: "\n"), cluster: origin?.cluster ?? "",
            object: origin?.pod ?? ObjectReference(kind: "Log", name: place.source),
            evidence: evidence(first, place, confirmation: check == nil ? nil : cause),
            sightings: Self.sightings(seen.map(\.sighting)))
    }

    /// The line, the releases that write it where not all do, and what else would show the cause.
    private func evidence(
        _ seen: Seen, _ place: LogTally.Place, confirmation check: String?
    ) -> [EvidenceItem] {
        let origin = origins[place.source]
        let traces = seen.sighting.traces.map { seen.signature.traces[$0] }
        let excerpt = Self.excerpt(place.text, showing: traces.flatMap(\.texts))
        var items = [
            EvidenceItem(
                "logs", "\(place.source):\(place.line): \(excerpt)", command: origin?.command)
        ]
        let versions = Set(traces.map(\.versions))
        if versions.count == 1, let versions = versions.first ?? nil {
            items.append(EvidenceItem("logs", "written so by \(versions)"))
        }
        if let check {
            items.append(
                EvidenceItem(
                    "doctor", "confirms it in the cluster, and finds what is behind it",
                    command: "thanosctl doctor --only \(check)\(origin?.flags ?? "")"))
        }
        return items
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

    private static let excerptLength = 240

    /// The beginning, or what ends with the texts that were recognised where they stand further on.
    private static func excerpt(_ line: String, showing texts: [String]) -> String {
        guard line.count > excerptLength else { return line }
        let end = texts.compactMap { line.firstRange(of: $0)?.upperBound }.max() ?? line.startIndex
        let shown = line[..<end]
        guard shown.count > excerptLength else { return line.prefix(excerptLength) + "…" }
        return "…" + shown.suffix(excerptLength) + (end < line.endIndex ? "…" : "")
    }
}
