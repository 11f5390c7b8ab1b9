import FoundationEssentials
import TestSupport
import Testing

/// What `-o json` printed: exactly one document, valid against the committed schema.
struct Report: Sendable {
    /// A finding as far as tests look at it.
    struct Finding: Hashable, Sendable {
        let check: String
        let severity: String
        let message: String
        /// `FILE:LINE:COLUMN`.
        let places: [String]
        let fix: String?
    }

    let document: JSONDocument

    init(_ run: ThanosctlProcess, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try self.init(run.output, exitCode: run.exitCode, sourceLocation: sourceLocation)
    }

    init(
        _ text: String, exitCode: Int32, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        document = try #require(
            try? JSONDocument(text: text), "not one document: \(text)",
            sourceLocation: sourceLocation)
        let violations = try Self.schema.get().violations(in: text)
        #expect(violations == [], sourceLocation: sourceLocation)
        #expect(
            document["run"]?["exitCode"] == .number(Double(exitCode)),
            sourceLocation: sourceLocation)
    }

    private static let schema = Result {
        let path = "\(Project.root)/docs/report.schema.json"
        return try JSONSchema(text: String(contentsOfFile: path, encoding: .utf8))
    }

    var findings: [Finding] {
        document["findings"].items.map { finding in
            Finding(
                check: finding["check"].text, severity: finding["severity"].text,
                message: finding["message"].text,
                places: finding["locations"].items.map(\.place), fix: finding["fix"]?["text"].text)
        }
    }

    func finding(_ check: String) -> Finding? { findings.first { $0.check == check } }

    var foundChecks: Set<String> { Set(findings.map(\.check)) }

    /// The ids of the root causes, in order.
    var roots: [String] { document["rootCauses"].items.map { $0["check"].text } }

    var exitCode: Int { document["run"]?["exitCode"].number ?? -1 }

    /// How long the run took by its own account, the start of the program left out.
    var seconds: Double {
        if case .number(let seconds)? = document["run"]?["seconds"] { seconds } else { .infinity }
    }

    var isComplete: Bool { document["run"]?["complete"] == .bool(true) }

    /// The ids of all checks that took part.
    var ids: [String] { document["checks"].items.map { $0["id"].text } }

    var error: String { document["run"]?["error"].text ?? "" }

    /// The reasons of the gaps.
    var gaps: [String] { document["gaps"].items.map { $0["reason"].text } }

    var gapPlaces: [String] {
        document["gaps"].items.flatMap { $0["locations"].items.map(\.place) }
    }

    /// The ids of the checks with a status, and why they have it.
    func checks(_ status: String) -> [String: String] {
        let checks = document["checks"].items.filter { $0["status"].text == status }
        return Dictionary(uniqueKeysWithValues: checks.map { ($0["id"].text, $0["reason"].text) })
    }
}

extension JSONDocument {
    fileprivate var place: String {
        "\(self["file"].text):\(self["line"].number):\(self["column"].number)"
    }
}

extension JSONDocument? {
    var text: String {
        if case .string(let text) = self { text } else { "" }
    }

    var items: [JSONDocument] {
        if case .array(let items) = self { items } else { [] }
    }

    var number: Int {
        if case .number(let number) = self { Int(number) } else { 0 }
    }
}
