import ArgumentParser
import Diagnosis
import Evidence
import FoundationEssentials
import Glibc
import LogSignatures

struct LogsExplainCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Names the causes that log lines speak of.",
        discussion: """
            Reads logs of receivers, agents, Query, the compactor, Kubernetes and Cilium, in any \
            mixture: files, a pipe, or the pods of a cluster (GET requests only). While a pipe \
            stays open, each new cause is told on stderr; the report comes at its end.

            Examples:
              kubectl logs -f thanos-receiver-0 | thanosctl logs explain
              thanosctl logs explain receiver.log agent.log -o json
              thanosctl logs explain --context central -n monitoring -l app=thanos-receiver
            """)

    @Argument(help: ArgumentHelp("Files to read; - is standard input.", valueName: "file"))
    var files: [String] = []

    @OptionGroup var pods: PodSelection
    @OptionGroup var output: OutputOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let (started, clock) = (Date(), ContinuousClock.now)
        try output.verify()
        let files = try inputs()
        var reading = LogReading()
        if pods.isAsked { try await pods.read(into: &reading, on: console) }
        reading = await LogFiles(files, news: LogNews(on: console)).read(into: reading)
        let wasInterrupted = Task.isCancelled
        if wasInterrupted {
            reading.gaps.append(Gap(source: "logs", reason: "interrupted: not all was read"))
        }
        guard reading.tally.total > 0 || pods.isAsked || wasInterrupted else {
            throw UsageError(Self.nothing(in: files, reading.gaps))
        }
        let conclusion = LogExplanation(reading.tally, origins: reading.origins)
            .conclusion(gaps: reading.gaps)
        return try ReportedRun(
            command: "logs explain", conclusion: conclusion, views: [], started: started,
            clock: clock, endedBy: wasInterrupted ? Signals.received ?? .interrupted : nil
        ).end(output, on: console)
    }

    /// Standard input when nothing else is named.
    private func inputs() throws -> [String] {
        guard files.isEmpty, !pods.isAsked else {
            for file in files where file != "-" { try Self.requireReadable(file) }
            return files
        }
        guard isatty(STDIN_FILENO) == 0 else {
            throw UsageError(
                "no logs: name files, pipe them in (kubectl logs … | thanosctl logs explain), or "
                    + "select pods with -n and -l; - reads what is typed")
        }
        return ["-"]
    }

    private static func nothing(in files: [String], _ gaps: [Gap]) -> String {
        guard gaps.isEmpty else { return gaps.map(\.reason).joined(separator: "; ") }
        return "no lines in \(files.joined(separator: ", ")); is it the right log?"
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
