import ArgumentParser
import IncidentLab

struct LabListCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the incidents.")

    @OptionGroup var library: IncidentOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let library = try IncidentLibrary(folders: library.incidents)
        let rows = try library.names.map { name in
            let incident = try library.incident(name)
            let roots = incident.faults.map(\.root).joined(separator: ", ")
            return [name, roots.isEmpty ? "none" : roots, incident.title]
        }
        console.report(TextTable(["NAME", "ROOT CAUSE", "WHAT PEOPLE SAW"], rows).text)
        return .success
    }
}
