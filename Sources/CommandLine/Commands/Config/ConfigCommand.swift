import ArgumentParser

/// The settings that commands run with.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows and checks thanosctl.yaml.",
        subcommands: [ConfigShowCommand.self, ConfigValidateCommand.self])
}
