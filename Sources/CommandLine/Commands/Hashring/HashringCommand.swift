import ArgumentParser

struct HashringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hashring", abstract: "Says which receivers hold a series.",
        subcommands: [
            HashringLocateCommand.self, HashringShowCommand.self, HashringPlanCommand.self,
        ])
}
