import ArgumentParser
import CheckCatalogue
import Diagnosis
import FoundationEssentials

/// Writes the pages of the checks into a checkout; `make docs` calls it.
struct ChecksDocsCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Writes the checks' pages.", shouldDisplay: false)

    @Option(help: "The folder that holds the project.")
    var write: String

    func execute(on console: Console) async throws -> ExitStatus {
        for entry in Catalogue.entries {
            try put(CheckNote(entry).text, "checks/\(entry.component)/\(entry.folder)/README.md")
            try put(CheckPage(entry).text, "docs/checks/\(entry.check.id).md")
        }
        try put(CheckIndex().text, "docs/checks/README.md")
        try put(CausePicture(Catalogue.causes).text, "docs/checks/causes.svg")
        return .success
    }

    private func put(_ text: String, _ path: String) throws {
        let file = URL(filePath: "\(write)/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
