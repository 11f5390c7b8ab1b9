import Glibc

/// The built program, run as a user would.
struct ThanosctlProcess {
    let exitCode: Int32
    let output: String
    let errors: String

    /// Beside the test bundle, where the build puts every product.
    static let executable: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(
            decoding: path[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/thanosctl"
    }()

    init(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        folder: String? = nil
    ) async throws {
        try await self.init(arguments, input: input, environment: environment, folder: folder)
    }

    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        folder: String? = nil
    ) async throws {
        let ended = try await Self.program(arguments, environment: environment, folder: folder)
            .run(input: input)
        exitCode = ended.exitCode
        output = ended.output
        errors = ended.errors
    }

    static func program(
        _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
    ) -> Program {
        Program(
            path: executable, arguments: arguments, environment: environment, folder: folder)
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
