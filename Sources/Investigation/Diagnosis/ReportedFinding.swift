import Evidence
package import KubernetesModel
import MarkedYAML
import PipelineModel

/// A finding with everything a report says of it.
package struct ReportedFinding: Sendable {
    /// F1, F2 … in report order; empty until the order is known.
    package internal(set) var id = ""
    package let check: String
    package let severity: Severity
    package let confidence: Confidence
    package let message: String
    package let cluster: String
    package let object: ObjectReference
    /// Only places in files: an API answer has no lines that a user could open.
    package internal(set) var places: [Place]
    package internal(set) var evidence: [EvidenceItem]
    package internal(set) var fix: Fix
    package let why: String
    /// Equal for the same fault of the same object, wherever its lines have moved.
    package let fingerprint: String
    /// The log lines that say it, where logs were all there was.
    package let sightings: Sightings?

    /// A repair in the form that the reader can use at once.
    package enum Fix: Sendable, Hashable {
        /// A unified diff of the manifest.
        case patch(String)
        /// - Parameter advice: what the command does, and what must follow it.
        case command(String, advice: String?)
        case text(String)
    }

    init(_ finding: Finding, check: Check, view: ClusterView) {
        self.check = check.id
        severity = min(finding.severity ?? check.severity, check.severity)
        confidence = finding.confidence
        message = finding.message
        cluster = view.name
        object = finding.object
        evidence = finding.evidence
        why = check.why
        places = view.isCluster ? [] : finding.places
        fix = Self.fix(finding, check: check, view)
        fingerprint = Self.fingerprint(
            [check.id, view.isCluster ? view.name : "", "\(finding.object)", finding.message])
        sightings = nil
    }

    init(_ fault: LoggedFault) {
        check = fault.check
        severity = fault.severity
        confidence = fault.confidence
        message = fault.message
        cluster = fault.cluster
        object = fault.object
        places = []
        evidence = fault.evidence
        fix = .text(fault.fix)
        why = fault.why
        fingerprint = Self.fingerprint([fault.check, "logs", fault.cluster, "\(fault.object)"])
        sightings = fault.sightings
    }

    private static func fix(_ finding: Finding, check: Check, _ view: ClusterView) -> Fix {
        let repair = finding.repair
        if !view.isCluster, let edits = repair?.edits, !edits.isEmpty {
            return .patch(UnifiedDiff.text(of: edits))
        }
        guard let command = repair?.command else { return .text(repair?.text ?? check.fix) }
        let advice = [repair?.text, warning(of: command, for: finding, view)].compactMap(\.self)
        return .command(command, advice: advice.isEmpty ? nil : advice.joined(separator: "; "))
    }

    /// What becomes of a change that is made in a cluster which Argo CD keeps as Git has it.
    private static func warning(
        of command: String, for finding: Finding, _ view: ClusterView
    ) -> String? {
        let changes = [" patch ", " edit ", " scale "]
        guard changes.contains(where: command.contains) else { return nil }
        let objects = Set([finding.object] + finding.about)
        return view.pipeline.applications.first { application in
            application.healsItself && application.managed.contains(where: objects.contains)
        }.map { application in
            "commit it as well, for Argo CD's Application \(application.reference.name) takes back "
                + "what is changed in the cluster alone"
        }
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv): stable between runs, which `Hasher` is not.
    private static func fingerprint(_ parts: [String]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in parts.joined(separator: "\u{0}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Takes the place and the patch from the manifest that the live object was made of.
    mutating func adopt(manifest twin: ReportedFinding) {
        places = twin.places
        if case .patch = twin.fix { fix = twin.fix }
        evidence += twin.evidence.filter { item in !evidence.contains { $0.what == item.what } }
    }
}
