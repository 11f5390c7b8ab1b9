import Foundation

/// The child process, and the lines that it prints.
final class MotoProcess: Sendable {
    /// The server hears SIGTERM and goes on, so a shell kills it when its own input ends: with this
    /// object, or with the tests, however they end.
    private static let script = #""$@" & read -r _; kill -9 $!"#

    private let input = Pipe()
    private let lines: AsyncStream<String>

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let program = root.appending(path: ".build-tools/venv/bin/moto_server")
        guard FileManager.default.isExecutableFile(atPath: program.path()) else {
            throw MotoServer.Failure(
                reason: "no moto_server at \(program.path()); run scripts/setup-test-tools")
        }
        let output = Pipe()
        let (lines, continuation) = AsyncStream<String>.makeStream()
        self.lines = lines
        // Read to the end: a full pipe would stop the server.
        output.fileHandleForReading.readabilityHandler = { handle in
            let bytes = handle.availableData
            if bytes.isEmpty {
                handle.readabilityHandler = nil
                continuation.finish()
            }
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                continuation.yield(String(line))
            }
        }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", program.path(), "-H", "127.0.0.1", "-p", "0"]
        process.environment = [
            "INITIAL_NO_AUTH_ACTION_COUNT": "3", "S3_IGNORE_SUBDOMAIN_BUCKETNAME": "true",
            "PYTHONUNBUFFERED": "1", "NO_PROXY": "*", "HOME": "/nonexistent",
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
    }

    // Closed twice is closed.
    deinit { try? input.fileHandleForWriting.close() }

    /// Where it listens, once it does.
    func address() async throws -> String {
        var printed: [String] = []
        for await line in lines {
            if let place = line.range(of: "Running on http://") {
                return String(line[place.upperBound...].prefix { !$0.isWhitespace })
            }
            printed.append(line)
        }
        throw MotoServer.Failure(reason: "moto_server ended: \(printed.joined(separator: "\n"))")
    }
}
