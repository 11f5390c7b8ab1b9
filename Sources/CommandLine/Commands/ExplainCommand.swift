import ArgumentParser
import CheckCatalogue
import Diagnosis
import Evidence

struct ExplainCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains one fault: why it matters, what to do.",
        discussion: """
            Examples:
              thanosctl explain missing-fsgroup
              thanosctl explain vip-connection-refused
              thanosctl doctor -o short | sed 's/.*\\[\\(.*\\)\\]/\\1/' | xargs -n1 thanosctl explain
            """)

    @Argument(help: "The id of a check, as reports print it.")
    var id: String

    @OptionGroup var plugins: PluginOptions

    func execute(on console: Console) async throws -> ExitStatus {
        console.report(try CheckExplanation(id, among: plugins.load()).text)
        return .success
    }
}

/// Everything the catalogue says of one fault.
struct CheckExplanation {
    let text: String

    init(_ id: String, among all: AllChecks) throws {
        let causality = Self.causality(of: id, in: all.causes)
        guard let entry = all.entries.first(where: { $0.check.id == id }) else {
            let known = Catalogue.known.map(\.id) + all.entries.map(\.check.id)
            guard let fault = Catalogue.known.first(where: { $0.id == id }) else {
                throw UsageError("unknown check '\(id)'\(Suggestion.nearest(to: id, among: known))")
            }
            text = """
                \(id) (\(fault.severity))
                \(fault.summary)

                This fault is known, and has no check yet.
                \(causality)
                """
            return
        }
        let check = entry.check
        text = """
            \(id) (\(check.severity.rawValue), \(entry.component), \(check.stage.rawValue))
            \(check.summary)

            Why it matters
              \(check.why)

            What to do
              \(check.fix)

            What it looks at
              \(check.needs.map(\.name).joined(separator: ", "))
            \(causality)
            """
    }

    private static func causality(of id: String, in graph: CauseGraph) -> String {
        var lines: [String] = []
        let causes = graph.causes(of: id)
        let effects = graph.effects(of: id).sorted()
        if !causes.isEmpty { lines.append("\nMay be caused by\n  " + list(causes)) }
        if !effects.isEmpty { lines.append("\nMay lead to\n  " + list(effects)) }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func list(_ ids: [String]) -> String { ids.joined(separator: "\n  ") }
}
