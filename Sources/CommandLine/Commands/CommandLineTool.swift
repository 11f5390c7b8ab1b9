import ArgumentParser
import Glibc

/// Runs one command and ends the process with its exit status.
package enum CommandLineTool {
    package static func main() async -> Never {
        let console = Console()
        let status = await run(Array(CommandLine.arguments.dropFirst()), on: console)
        console.finish()
        fflush(nil)
        // Not by `exit`: the handler that OpenSSL leaves behind frees what threads of transfers
        // still read as they end (`init_thread_deregister` in its crypto/initthread.c), and a whole
        // report would end in SIGSEGV now and then.
        _exit(status.rawValue)
    }

    static func run(_ arguments: [String], on console: Console) async -> ExitStatus {
        // Scripts ask for it in every step: the whole command tree would be 3 of its 20 ms.
        if arguments == ["version"] {
            console.report(Version.line)
            return .success
        }
        do {
            var command = try Thanosctl.parseAsRoot(arguments)
            guard let executable = command as? any ExecutableCommand else {
                try command.run()
                return .success
            }
            return try await Signals.running(
                keepsStatus: type(of: executable).endsBySignal
            ) { try await executable.execute(on: console) }
        } catch let error as UsageError {
            return refuse(error.description, arguments: arguments, on: console)
        } catch {
            let text = Thanosctl.fullMessage(for: error)
            // ArgumentParser ends help and --version with success, mistakes with EX_USAGE (64).
            guard Thanosctl.exitCode(for: error) != .success else {
                console.report(text.hasSuffix("\n") ? text : text + "\n")
                return .success
            }
            if Thanosctl.exitCode(for: error) == .validationFailure {
                return refuse(text, arguments: arguments, on: console)
            }
            console.note("internal error: \(error)")
            console.note("This is a fault of thanosctl; please report it with the command you ran.")
            return .internalError
        }
    }

    /// A usage error: words on stderr, and under `-o json` the document as well.
    private static func refuse(
        _ text: String, arguments: [String], on console: Console
    ) -> ExitStatus {
        console.note(text.hasPrefix("Error:") ? text : "Error: \(text)")
        if OutputOptions.asksForJSON(arguments) {
            console.report(FailedRun(command: command(of: arguments), error: text).document)
        }
        return .usage
    }

    /// The command with its parents, as the report of a run that succeeds names it.
    private static func command(of arguments: [String]) -> String {
        var names: [String] = []
        var children = Thanosctl.configuration.subcommands
        for argument in arguments where !argument.hasPrefix("-") {
            let child = children.first { $0.configuration.commandName == argument }
            guard let child else { break }
            names.append(argument)
            children = child.configuration.subcommands
        }
        return names.isEmpty ? "thanosctl" : names.joined(separator: " ")
    }
}
