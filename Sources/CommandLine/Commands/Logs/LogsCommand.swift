import ArgumentParser

struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Reads logs for their causes.",
        subcommands: [LogsExplainCommand.self])
}
