import ArgumentParser

struct ChecksShowCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one check in full.")

    @Argument(help: "The id of a check.")
    var id: String

    func execute(on console: Console) async throws -> ExitStatus {
        console.report(try CheckExplanation(id).text)
        return .success
    }
}
