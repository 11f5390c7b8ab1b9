import Diagnosis
import Evidence
import MarkedYAML

/// An executable with the YAML that describes it; reading it runs nothing.
struct ExecutablePlugin: Sendable {
    let path: String
    let fault: FaultDescription
    let needs: [PluginNeed]
    let limit: TimeLimit
    let check: Check

    init(_ document: Node, path: String) throws(PluginError) {
        self.path = path
        let fields = try Fields(
            document, known: FaultDescription.fields + ["needs", "timeLimit", "examples"])
        let fault = try FaultDescription(fields)
        self.fault = fault
        var needs: [PluginNeed] = []
        for item in try fields.items("needs") { needs.append(try PluginNeed(item)) }
        guard !needs.isEmpty else {
            throw PluginError(
                "the field 'needs' is missing: name the evidence to be shown, such as receivers",
                at: document.range)
        }
        self.needs = needs
        limit = try fields.optionalText("timeLimit").map(TimeLimit.init) ?? .standard
        var examples: [Example] = []
        for item in try fields.items("examples") { examples.append(try Self.example(item)) }
        check = fault.check(needs: needs.map(\.need), examples: examples) { snapshot, view in
            switch snapshot.answer(of: fault.id.value, about: view) {
            case .missing(let missing): return .notJudged(missing)
            case .known(let answer, gaps: let gaps):
                do throws(RefusedAnswer) {
                    let findings = try AnsweredFindings(answer, to: fault, about: view).all
                    return .judged(findings, gaps: gaps)
                } catch {
                    return .notJudged(
                        MissingEvidence(.malformed, source: "plug-in", error.reason))
                }
            }
        }
    }

    private enum Expectation: String, CaseIterable { case fires, silent }

    private static func example(_ node: Node) throws(PluginError) -> Example {
        let fields = try Fields(node, known: ["name", "expect", "bundle"])
        let name = try fields.text("name").value
        let bundle = try fields.text("bundle").value
        switch try fields.choice("expect", of: Expectation.self) {
        case .fires?: return .triggers(name, bundle)
        case .silent?: return .passes(name, bundle)
        case nil: throw PluginError("the field 'expect' is missing", at: node.range)
        }
    }
}

/// How long a plug-in may take for one cluster.
struct TimeLimit: Sendable {
    let duration: Duration
    /// As written: `5s`.
    let text: String

    static let standard = TimeLimit(duration: .seconds(5), text: "5s")
    private static let longest = 30_000

    private init(duration: Duration, text: String) {
        self.duration = duration
        self.text = text
    }

    init(_ text: Marked<String>) throws(PluginError) {
        let digits = text.value.prefix { $0.isNumber }
        let unit = text.value.dropFirst(digits.count)
        let factor = unit == "s" ? 1000 : unit == "ms" ? 1 : 0
        guard let number = Int(digits), (1...Self.longest).contains(number),
            (1...Self.longest).contains(number * factor)
        else {
            throw PluginError("'timeLimit' is written 500ms or 10s, 30s at most", at: text.range)
        }
        self.init(duration: .milliseconds(number * factor), text: text.value)
    }
}
