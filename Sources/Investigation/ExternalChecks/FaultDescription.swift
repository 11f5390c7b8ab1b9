import Diagnosis
import Evidence
import MarkedYAML

/// What both kinds of plug-in say of the fault that they find.
struct FaultDescription: Sendable {
    static let fields = [
        "id", "severity", "stage", "summary", "why", "fix", "references", "symptomOf", "causes",
    ]

    let id: Marked<String>
    let severity: Severity
    let stage: Stage
    let summary: String
    let why: String
    let fix: String
    let references: [String]
    /// Ids of what may be behind it, and of what it may lead to.
    let symptomOf: [Marked<String>]
    let causes: [Marked<String>]

    init(_ fields: Fields) throws(PluginError) {
        id = try fields.text("id")
        guard Self.isKebabCase(id.value) else {
            throw PluginError(
                "an id is written in lower case with hyphens, 'receiver-without-owner'",
                at: id.range)
        }
        guard let severity: Severity = try fields.choice("severity") else {
            throw PluginError("the field 'severity' is missing", at: fields.node.range)
        }
        self.severity = severity
        stage = try fields.choice("stage") ?? .postRollout
        summary = try fields.text("summary").value
        why = try fields.text("why").value
        fix = try fields.text("fix").value
        references = try fields.texts("references").map(\.value)
        symptomOf = try fields.texts("symptomOf")
        causes = try fields.texts("causes")
    }

    private static func isKebabCase(_ id: String) -> Bool {
        id.utf8.count <= 64 && id.first != "-" && id.last != "-" && !id.contains("--")
            && id.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    func check(
        needs: [EvidenceNeed], examples: [Example],
        judge: @escaping @Sendable (Snapshot, ClusterView) -> Judgement
    ) -> Check {
        Check(
            id.value, severity: severity, stage: stage, summary: summary, why: why, fix: fix,
            needs: needs, references: references, examples: examples, judge: judge)
    }
}
