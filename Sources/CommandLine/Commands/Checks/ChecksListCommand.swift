import ArgumentParser
import CheckCatalogue
import Diagnosis
import Evidence
import MarkedYAML

struct ChecksListCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the checks.")

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output = "text"

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var plugins: PluginOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let all = try plugins.load().entries
        let chosen = Set(try selection.checks(of: all).map(\.id))
        let entries = all.filter { chosen.contains($0.check.id) }
            .sorted { ($0.component, $0.check.id) < ($1.component, $1.check.id) }
        switch output {
        case "text": console.report(Self.table(entries))
        case "json": console.report(Self.document(entries))
        case _:
            let hint = Suggestion.nearest(to: output, among: ["text", "json"])
            throw UsageError("unknown output format '\(output)'\(hint)")
        }
        return .success
    }

    private static func table(_ entries: [CatalogueEntry]) -> String {
        let rows = entries.map { entry in
            [entry.component, entry.check.id, entry.check.severity.rawValue, entry.check.summary]
        }
        return TextTable(["COMPONENT", "ID", "SEVERITY", "FAULT"], rows).text
    }

    private static func document(_ entries: [CatalogueEntry]) -> String {
        let checks = entries.map { entry in
            JSONValue.object([
                "id": .string(entry.check.id), "component": .string(entry.component),
                "severity": .string(entry.check.severity.rawValue),
                "stage": .string(entry.check.stage.rawValue),
                "summary": .string(entry.check.summary),
                "needs": .array(entry.check.needs.map { .string($0.name) }),
            ])
        }
        return JSONValue.object(["checks": .array(checks)]).pretty + "\n"
    }
}
