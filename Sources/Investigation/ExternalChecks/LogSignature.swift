import Diagnosis
import Evidence
import LabelMatching
import MarkedYAML

/// A text in a log that stands for a fault; all of it is data.
struct LogSignature: Sendable {
    enum Writer: String, Sendable, CaseIterable { case receivers, agents, components }

    let fault: FaultDescription
    let writers: [Writer]
    let versions: VersionRange?
    /// Lines of which the file says that they match, or do not.
    let matching: [Marked<String>]
    let silent: [Marked<String>]
    private let pattern: Pattern

    private enum Pattern: Sendable {
        case literal(String)
        case expression(AnchoredRegex)
    }

    init(_ node: Node) throws(PluginError) {
        let fields = try Fields(
            node,
            known: FaultDescription.fields + [
                "in", "pattern", "regex", "versions", "matches", "silent",
            ])
        fault = try FaultDescription(fields)
        var writers: [Writer] = []
        for word in try fields.texts("in") {
            guard let writer = Writer(rawValue: word.value) else {
                throw PluginError("'in' lists receivers, agents, components", at: word.range)
            }
            writers.append(writer)
        }
        self.writers = writers.isEmpty ? Writer.allCases : writers
        versions = try fields.optionalText("versions").map(VersionRange.init)
        matching = try fields.texts("matches")
        silent = try fields.texts("silent")
        pattern = try Self.pattern(fields)
    }

    private static func pattern(_ fields: Fields) throws(PluginError) -> Pattern {
        let expression = try fields.optionalText("regex")
        switch (try fields.optionalText("pattern"), expression) {
        case (let literal?, nil): return .literal(literal.value)
        case (nil, let expression?):
            do throws(RegexError) {
                return .expression(try AnchoredRegex(".*(?:\(expression.value)).*"))
            } catch {
                throw PluginError(error.message, at: expression.range)
            }
        case (nil, nil), (_?, _?):
            throw PluginError(
                "a signature has either a 'pattern' (a literal text) or a 'regex'",
                at: fields.node.range)
        }
    }

    func matches(_ line: String) -> Bool {
        switch pattern {
        case .literal(let text): line.contains(text)
        case .expression(let expression): expression.matches(Array(line.utf8)[...])
        }
    }

    var check: Check {
        fault.check(needs: writers.map(\.need), examples: []) { snapshot, view in
            SignatureSearch(snapshot, view, for: self).judgement
        }
    }
}

extension LogSignature.Writer {
    var need: EvidenceNeed {
        switch self {
        case .receivers: EvidenceNeed(EvidenceKey.receiverLogs)
        case .agents: EvidenceNeed(EvidenceKey.agentLogs)
        case .components: EvidenceNeed(EvidenceKey.componentLogs)
        }
    }
}
