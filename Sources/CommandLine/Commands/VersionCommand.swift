import ArgumentParser

struct VersionCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Prints the version.")

    @Flag(help: .hidden)
    var internalError = false

    func execute(on console: Console) async throws -> ExitStatus {
        // How the test of the exit codes sees what a fault of ours looks like.
        if internalError { throw DeliberateFault() }
        console.report(Version.line)
        return .success
    }
}

/// An error that nobody maps.
private struct DeliberateFault: Error {}
