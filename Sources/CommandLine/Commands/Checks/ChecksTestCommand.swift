import ArgumentParser
import ExternalChecks

struct ChecksTestCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Tries the examples of checks of your own.",
        discussion: """
            Prints one line for each example: ok, or FAILED with the reason. Exits with 1 when one \
            failed, with 2 when the folder holds no plug-in or one that is not well described.

            Examples:
              thanosctl checks test examples
            """)

    @Argument(help: ArgumentHelp("A folder with plug-ins. Repeatable.", valueName: "folder"))
    var folders: [String]

    func execute(on console: Console) async throws -> ExitStatus {
        let checks = try AllChecks(pluginsIn: folders)
        guard checks.hasPlugins else {
            throw UsageError("no plug-in in \(folders.joined(separator: ", "))")
        }
        let trials = await checks.trials()
        let rows = trials.map { trial in
            let outcome = trial.failure.map { "FAILED: \($0)" } ?? "ok"
            return "\(trial.check): \(trial.name): \(outcome)\n"
        }
        console.report(rows.joined())
        return trials.contains { $0.failure != nil } ? .findings : .success
    }
}
