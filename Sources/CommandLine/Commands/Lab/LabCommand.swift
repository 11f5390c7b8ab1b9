import ArgumentParser

struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "Reproduces incidents on this machine.",
        subcommands: [
            LabListCommand.self, LabRunCommand.self, LabUpCommand.self, LabCheckCommand.self,
        ])
}

/// Where incidents come from.
struct IncidentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A folder with more incidents. Repeatable.", valueName: "folder"))
    var incidents: [String] = []
}
