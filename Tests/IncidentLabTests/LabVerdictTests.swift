import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import IncidentLab

/// Whether the lab notices a wrong diagnosis: its own test has to be able to fail.
@Suite("The lab's judgement of a diagnosis")
struct LabVerdictTests {
    private static let graph = CauseGraph(text: "root -> symptom\nother -> effect")
    private static let known: Set = ["root", "symptom", "other", "effect", "extra", "note"]

    private static func incident(_ more: String = "") throws -> Incident {
        let text = "title: t\nnow: 2026-11-20T12:00:00Z\n" + more
        return try Incident(name: "i", files: IncidentFiles(texts: ["incident.yaml": text]))
    }

    private static let described = "root: root\nsymptoms: [symptom]\nalso: [extra]\n"

    /// The conclusion of checks that each report one Service, with the causes between them.
    private static func conclusion(_ severities: [(String, Severity)]) -> Conclusion {
        let manifest = "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\n"
        let checks = severities.map { id, severity in
            Check(
                id, severity: severity, summary: id, why: "why", fix: "fix", needs: .view,
                examples: []
            ) { view in
                view.objects.all.map { Finding(id, object: $0.reference, at: $0.range) }
            }
        }
        let bundle = ExampleBundle("-- a.yaml --\n" + manifest)
        return Conclusion(judging: bundle.snapshot, with: checks, causes: graph)
    }

    private static func problems(
        _ found: [(String, Severity)], _ incident: Incident, isTwin: Bool = false
    ) -> [String] {
        LabVerdict(conclusion(found), of: incident, isTwin: isTwin, known: known).problems
    }

    @Test("a right diagnosis has no problems")
    func right() throws {
        let incident = try Self.incident(Self.described)
        let found: [(String, Severity)] = [
            ("root", .error), ("symptom", .error), ("extra", .warning),
        ]
        #expect(Self.problems(found, incident) == [])
        #expect(Self.problems([("extra", .warning)], incident, isTwin: true) == [])
    }

    @Test("each way of being wrong is named")
    func wrong() throws {
        let incident = try Self.incident(Self.described + "notReported: [note]\n")
        let nothing = Self.problems([], incident)
        #expect(nothing.contains("first root cause is none, not root"))
        #expect(nothing.contains("symptom was not found"))
        #expect(nothing.contains("extra was not found"))
        let alarm = Self.problems(
            [("root", .error), ("symptom", .error), ("extra", .warning), ("note", .info)], incident)
        #expect(alarm.contains("note must not be reported"))
        let other = Self.problems(
            [("root", .error), ("symptom", .error), ("extra", .critical)], incident)
        #expect(other.first == "first root cause is extra, not root")
    }

    @Test("the twin is held against the incident it repairs")
    func twin() throws {
        let incident = try Self.incident(Self.described)
        let left = Self.problems([("root", .error), ("extra", .warning)], incident, isTwin: true)
        #expect(left == ["root is still reported after the repair"])
    }

    @Test("where nothing is wrong nothing above info is right")
    func healthy() throws {
        let incident = try Self.incident("allowed: [note]\n")
        #expect(Self.problems([("note", .info)], incident) == [])
        #expect(!Self.problems([("note", .warning)], incident).isEmpty)
        #expect(!Self.problems([("extra", .warning)], incident).isEmpty)
    }

    private static let pair = """
        roots: [root, other]
        symptoms:
          root: [symptom]
          other: [effect]
        also: [extra]
        """

    private static let both: [(String, Severity)] = [
        ("root", .error), ("symptom", .error), ("other", .critical), ("effect", .warning),
        ("extra", .warning),
    ]

    @Test("two faults are both root causes, in any order, and each explains its own")
    func pair() throws {
        let incident = try Self.incident(Self.pair)
        #expect(Self.problems(Self.both, incident) == [])
        #expect(Self.problems(Self.both.reversed(), incident) == [])
        #expect(Self.problems([("extra", .warning)], incident, isTwin: true) == [])
    }

    @Test("a pair of which one is missing, misplaced, or not alone is wrong")
    func wrongPair() throws {
        let incident = try Self.incident(Self.pair)
        let one = Self.problems(Self.both.filter { $0.0 != "other" }, incident)
        #expect(one.first == "root causes are effect, root, not other, root")
        #expect(one.contains("effect is not folded under other"))
        let third = Self.problems(Self.both + [("note", .warning)], incident)
        #expect(third.first == "root causes are note, other, root, not other, root")
        let crossed = try Self.incident(
            Self.pair.replacing("[symptom]", with: "[x]").replacing("[effect]", with: "[symptom]")
                .replacing("[x]", with: "[effect]"))
        #expect(
            Self.problems(Self.both, crossed) == [
                "effect is not folded under root", "symptom is not folded under other",
            ])
        let left = Self.problems([("extra", .warning), ("effect", .info)], incident, isTwin: true)
        #expect(left == ["effect is still reported after the repair"])
    }

    @Test("a note beside a pair is no third root cause")
    func noteBesidePair() throws {
        let incident = try Self.incident(Self.pair + "\nallowed: [note]\n")
        #expect(Self.problems(Self.both + [("note", .info)], incident) == [])
    }
}
