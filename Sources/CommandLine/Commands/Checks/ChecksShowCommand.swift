import ArgumentParser

struct ChecksShowCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one check in full.")

    @Argument(help: "The id of a check.")
    var id: String

    @OptionGroup var plugins: PluginOptions

    func execute(on console: Console) async throws -> ExitStatus {
        console.report(try CheckExplanation(id, among: plugins.load()).text)
        return .success
    }
}
