import ArgumentParser

struct ChecksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "Lists and shows the checks.",
        subcommands: [
            ChecksListCommand.self, ChecksShowCommand.self, ChecksTestCommand.self,
            ChecksRBACCommand.self, ChecksDocsCommand.self,
        ])
}
