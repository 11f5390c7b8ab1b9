import Glibc
import Subprocess
import SystemPackage

/// The built program, run as a user would.
struct ThanosctlProcess {
    let exitCode: Int32
    let output: String
    let errors: String

    /// Beside the test bundle, where the build puts every product.
    static let executable: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/thanosctl"
    }()

    init(
        _ arguments: String..., input: String = "", environment: [String: String] = [:]
    ) async throws {
        try await self.init(arguments, input: input, environment: environment)
    }

    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws {
        // Nothing of the machine's own configuration may reach the tests.
        var variables: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
        for (name, value) in environment { variables[.init(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .path(FilePath(Self.executable)), arguments: Arguments(arguments),
            environment: .custom(variables), input: .string(input),
            output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        output = result.standardOutput
        errors = result.standardError
        switch result.terminationStatus {
        case .exited(let code): exitCode = code
        case .signaled(let signal): exitCode = 128 + signal
        }
    }
}

/// The project's own files.
enum Project {
    static let root: String = {
        let parts = #filePath.split(separator: "/")
        return parts.dropLast(3).map { "/\($0)" }.joined()
    }()

    static func fixture(_ path: String) -> String { "\(root)/fixtures/\(path)" }
}
