import ArgumentParser
import IncidentLab

struct LabUpCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Stages an incident and leaves it running.",
        discussion: """
            The first line on stdout is the kubeconfig to use; Ctrl-C ends it and cleans up.

            Examples:
              thanosctl lab up tsdb-permission-denied
              eval "$(thanosctl lab up healthy | head -1)"
              thanosctl lab up lb-pool-exhausted --repaired
            """)

    @Argument(help: "The incident's name.")
    var name: String

    @Flag(help: "Stage the twin after the fix.")
    var repaired = false

    @OptionGroup var library: IncidentOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let session = try LabSession(
            name, library: try IncidentLibrary(folders: library.incidents))
        let incident = session.run.incident
        guard !repaired || incident.files.hasTwin else {
            throw UsageError("\(name) has no repaired twin")
        }
        return try await session.run.stage(repaired ? .repaired : .broken) { running in
            console.report("export KUBECONFIG=\(running.kubeconfigPath)\n")
            if running.contexts.count > 1 {
                console.note("Contexts: \(running.contexts.joined(separator: ", "))")
            }
            for problem in running.problems { console.note("WRONG  \(problem)") }
            console.note("\(incident.name) is up. Commands that work on it:")
            for command in incident.commands { console.note("  \(command)") }
            console.note("Ctrl-C ends it.")
            // Nothing to do but stand, until a signal cancels the run.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
            return .success
        }
    }
}
