import ArgumentParser
import IncidentLab

struct LabCheckCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compares the diagnosis of incidents with the truth.",
        discussion: """
            Examples:
              thanosctl lab check --all
              thanosctl lab check tsdb-permission-denied lb-pool-exhausted
              thanosctl lab check --all --incidents ./incidents
            """)

    @Argument(help: "Incidents; --all for every one.")
    var names: [String] = []

    @Flag(help: "Every incident.")
    var all = false

    @OptionGroup var library: IncidentOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let library = try IncidentLibrary(folders: library.incidents)
        guard all != !names.isEmpty else { throw UsageError("name incidents, or write --all") }
        var passed = 0
        var failed = 0
        for name in all ? library.names : names {
            let session = try LabSession(name, library: library)
            for phase in session.run.phases {
                let outcome = try await session.run.outcome(of: phase)
                let title = phase == .broken ? name : "\(name) (repaired)"
                if outcome.isRight { passed += 1 } else { failed += 1 }
                console.report("\(outcome.isRight ? "ok  " : "FAIL")  \(title)\n")
                for problem in outcome.problems + outcome.verdict.problems {
                    console.report("      \(problem)\n")
                }
            }
        }
        console.report("\(passed) passed, \(failed) failed\n")
        return failed == 0 ? .success : .findings
    }
}
