import ArgumentParser
import CheckCatalogue
import Diagnosis
import FoundationEssentials
import Glibc
import LogSignatures

struct LogsExplainCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Names the causes that log lines speak of.",
        discussion: """
            Reads logs of receivers, agents, Query, the compactor, Kubernetes and Cilium, in any \
            mixture. Nothing is contacted.

            Examples:
              kubectl logs thanos-receiver-0 --previous | thanosctl logs explain
              thanosctl logs explain receiver.log agent.log -o json
            """)

    @Argument(help: ArgumentHelp("Files to read; - is standard input.", valueName: "file"))
    var files: [String] = ["-"]

    @OptionGroup var output: OutputOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let (started, clock) = (Date(), ContinuousClock.now)
        try output.verify()
        for file in files where file != "-" { try Self.requireReadable(file) }
        let tally = await LogInput(files).tally()
        let wasInterrupted = Task.isCancelled
        guard tally.total > 0 || wasInterrupted else {
            throw UsageError("no lines in \(files.joined(separator: ", ")); is it the right log?")
        }
        let conclusion = LogExplanation(tally).conclusion(isComplete: !wasInterrupted)
        return try ReportedRun(
            command: "logs explain", conclusion: conclusion, views: [], started: started,
            clock: clock, endedBy: wasInterrupted ? Signals.received ?? .interrupted : nil
        ).end(output, on: console)
    }

    private static func requireReadable(_ file: String) throws {
        guard access(file, R_OK) == 0 else {
            throw UsageError("\(file) cannot be read: \(String(cString: strerror(errno)))")
        }
        let folder = open(file, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder < 0 else {
            close(folder)
            throw UsageError("\(file) is a folder; name the logs in it")
        }
    }
}
