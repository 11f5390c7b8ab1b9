package import KubernetesModel
package import MarkedYAML

/// Something that is wrong, as a check says it.
package struct Finding: Sendable {
    /// Lower case, no full stop: what is wrong with which value.
    package var message: String
    /// The object that it is about.
    package var object: ObjectReference
    /// Nil stands for the check's own severity; a finding may lower it, never raise it.
    package var severity: Severity?
    package var confidence: Confidence
    /// Where it stands; the first place is the main one.
    package var places: [Place]
    package var evidence: [EvidenceItem]
    package var repair: Repair?
    /// Other objects that take part, by which causes and symptoms find each other.
    package var about: [ObjectReference]
    /// The same of other clusters, by the name of their view.
    package var elsewhere: [String: [ObjectReference]] = [:]
    /// What lies on its way but on that of others too, in this cluster: a fault of it explains
    /// the finding, and nothing else that only shares it.
    package var through: [ObjectReference] = []
    /// Whether it is what somebody wrote, as a flag that is not given: other findings may follow
    /// from it, and it follows from none.
    package var standsAlone = false

    package init(
        _ message: String, object: ObjectReference, at range: SourceRange? = nil,
        label: String = "", severity: Severity? = nil, confidence: Confidence = .certain,
        alsoAt places: [Place] = [], evidence: [EvidenceItem] = [], repair: Repair? = nil,
        about: [ObjectReference] = []
    ) {
        self.message = message
        self.object = object
        self.severity = severity
        self.confidence = confidence
        self.places = (range.map { [Place($0, label)] } ?? []) + places
        self.evidence = evidence
        self.repair = repair
        self.about = about
    }
}

/// A place in a source, and what stands there.
package struct Place: Sendable, Hashable {
    package let range: SourceRange
    /// Shown behind the caret, `asks for 3 copies`; empty when the message says it all.
    package let label: String

    package init(_ range: SourceRange, _ label: String = "") {
        self.range = range
        self.label = label
    }
}

/// One thing that was seen, and the command that shows it.
package struct EvidenceItem: Sendable, Hashable {
    /// `manifest`, `cluster`, `logs` or `probe`.
    package let source: String
    package let what: String
    package let command: String?

    package init(_ source: String, _ what: String, command: String? = nil) {
        self.source = source
        self.what = what
        self.command = command
    }
}

/// How to mend it: edits where the manifest is known, else a command, else words.
package struct Repair: Sendable, Hashable {
    package let edits: [TextEdit]
    package let command: String?
    package let text: String?

    package init(edits: [TextEdit?] = [], command: String? = nil, text: String? = nil) {
        // One edit that cannot be made (flow style) makes the whole patch untrue.
        self.edits = edits.contains(nil) ? [] : edits.compactMap(\.self)
        self.command = command
        self.text = text
    }
}
