import ArgumentParser
import Hashrings

struct HashringLocateCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate", abstract: "Says for each series which receivers hold it.",
        discussion: """
            Reads series as JSON lines from standard input and answers each with one line: \
            {"hash": …, "endpoints": […]} in replica order, or {"error": …}. Exits with 2 \
            when the rings cannot be built.

            Examples:
              echo '{"labels": {"__name__": "up", "job": "node"}}' |
                thanosctl hashring locate --hashrings-file hashrings.json
              thanosctl hashring locate --hashrings-file hashrings.json \\
                --algorithm ketama --replication-factor 3 --tenant team-a < series.jsonl
            """)

    @Option(help: ArgumentHelp("The file of --receive.hashrings-file.", valueName: "file"))
    var hashringsFile: String

    @OptionGroup var options: HashringOptions

    func execute(on console: Console) async throws -> ExitStatus {
        try options.verify()
        let source = try HashringOptions.source(hashringsFile)
        let answers: LineAnswers
        do {
            answers = try LineAnswers(try options.rings(source), tenant: options.tenant)
        } catch let error as HashringError {
            console.note("Error: \(HashringOptions.text(error, path: hashringsFile))")
            answers = LineAnswers(refusingAll: error)
        }
        await StandardInput.forEachBatch { lines in
            console.report(lines.map { answers.text(for: $0) + "\n" }.joined())
        }
        return answers.status
    }
}

/// What each line is answered, and how the command ends.
private struct LineAnswers: Sendable {
    private let locator: Result<SeriesLocator, HashringError>
    let status: ExitStatus

    /// Fails for a ring that cannot be followed; that a tenant has no nodes is an answer.
    init(_ rings: MultiHashring, tenant: String) throws(HashringError) {
        do throws(HashringError) {
            locator = .success(try SeriesLocator(rings, tenant: tenant))
        } catch {
            guard error.code != .shuffleShardingNotFollowed else { throw error }
            locator = .failure(error)
        }
        status = .success
    }

    init(refusingAll error: HashringError) {
        locator = .failure(error)
        status = .usage
    }

    func text(for line: BoundedLines.Line) -> String {
        switch (locator, line) {
        case (.failure(let error), _): SeriesLocator.refusal(error.message)
        case (.success(let locator), .text(let bytes)): locator.answer(to: bytes)
        case (.success, .tooLong):
            SeriesLocator.refusal("the line has more than \(BoundedLines.limit >> 10) KiB")
        }
    }
}
