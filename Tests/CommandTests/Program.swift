import Subprocess
import SystemPackage

/// A program of this machine, with its arguments and nothing of the machine's own configuration.
struct Program: Sendable {
    var path: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var folder: String?

    /// What a run that came to its end printed.
    struct Ended: Sendable {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    func run(input: String = "") async throws -> Ended {
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .custom(variables), workingDirectory: folder.map { FilePath($0) },
            input: .string(input), output: .string(limit: 16 << 20),
            error: .string(limit: 1 << 20))
        return Ended(
            exitCode: Self.code(result.terminationStatus), output: result.standardOutput,
            errors: result.standardError)
    }

    var variables: [Environment.Key: String] {
        var variables: [Environment.Key: String] = [
            "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
        ]
        for (name, value) in environment { variables[.init(stringLiteral: name)] = value }
        return variables
    }

    /// As a shell tells it.
    static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
