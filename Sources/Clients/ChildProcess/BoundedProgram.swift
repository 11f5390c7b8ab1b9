import Glibc
import Subprocess
import SystemPackage

/// A program that somebody else wrote: run without a terminal, in a process group of its own,
/// within a deadline, with bounded output and no descriptor but its three streams.
package struct BoundedProgram: Sendable {
    /// A path, or a bare name that is searched for in PATH.
    package var command: String
    package var arguments: [String]
    /// All that it gets: nothing is inherited.
    package var environment: [String: String]
    /// What it reads on standard input; nil for an input that is at its end.
    package var input: [UInt8]?
    package var deadline: Duration
    package var outputLimit: Int

    package init(
        _ command: String, arguments: [String] = [], environment: [String: String],
        input: [UInt8]? = nil, deadline: Duration, outputLimit: Int = 1 << 20
    ) {
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.deadline = deadline
        self.outputLimit = outputLimit
    }

    /// How a run came to its end.
    package enum Ending: Sendable {
        /// It exited with 0, having printed this.
        case printed([UInt8])
        /// In words that go on behind "it failed:".
        case failed(String)
        case late
    }

    /// Whichever comes first; the loser is cancelled, which ends the program and its children.
    package func run() async -> Ending {
        await withTaskGroup(of: Ending.self) { group in
            group.addTask { await execute() }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return .late
            }
            let first = await group.next() ?? .late
            group.cancelAll()
            return first
        }
    }

    private func execute() async -> Ending {
        do throws(InputFile.Failure) {
            guard let input else { return await execute(reading: .none) }
            let file = try InputFile(input)
            return await execute(
                reading: .fileDescriptor(file.descriptor, closeAfterSpawningProcess: true))
        } catch {
            return .failed("its input could not be written")
        }
    }

    private func execute(reading input: some InputProtocol) async -> Ending {
        let executable: Executable =
            command.contains("/") ? .path(FilePath(command)) : .name(command)
        let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                platformOptions: Self.apart, input: input, output: .bytes(limit: outputLimit),
                error: .string(limit: outputLimit))
            Self.endGroup(of: result.processIdentifier)
            guard case .exited(0) = result.terminationStatus else {
                let code = Self.words(for: result.terminationStatus)
                return .failed("it ended with \(code)\(Self.lastLine(result.standardError))")
            }
            return .printed(result.standardOutput)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .failed("there is no such program")
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .failed("it printed more than \(Self.words(for: outputLimit))")
        } catch {
            return .failed("it could not be run")
        }
    }

    /// A group of its own, so that what the program started ends with it.
    private static var apart: PlatformOptions {
        var platform = PlatformOptions()
        platform.processGroupID = 0
        platform.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        return platform
    }

    /// Ends what a program left running that came to its own end.
    private static func endGroup(of process: ProcessIdentifier) {
        kill(-process.value, SIGKILL)
    }

    private static func words(for status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit code \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }

    private static func words(for bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }

    /// What a program says on stderr is meant for people; one line of it is enough.
    private static func lastLine(_ text: String?) -> String {
        let line = text?.split(whereSeparator: \.isNewline).last?.prefix(300) ?? ""
        return line.isEmpty ? "" : ", saying \(String(line).debugDescription)"
    }
}
