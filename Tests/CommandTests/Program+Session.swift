import Subprocess
import Synchronization
import SystemPackage

extension Program {
    /// What became of a program that ran for as long as a closure took.
    struct Session<Value: Sendable>: Sendable {
        let value: Value
        let exitCode: Int32
        let output: String
        let errors: String
    }

    /// It ended before it said what was waited for.
    struct NeverReady: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts the program, waits for a line with the given words, runs the closure with that
    /// line, and ends the program with a signal.
    func run<Value: Sendable>(
        until words: String, ending signal: Signal = .terminate,
        _ body: @escaping @Sendable (_ line: String) async throws -> Value
    ) async throws -> Session<Value> {
        let output = Journal(words)
        let errors = Journal(words)
        let name = path
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .custom(variables), workingDirectory: folder.map { FilePath($0) },
            input: .none, output: .sequence, error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Value?.self) { group in
                let (lines, announcing) = AsyncStream<String?>.makeStream()
                for (journal, stream) in [
                    (output, execution.standardOutput), (errors, execution.standardError),
                ] {
                    group.addTask {
                        defer { announcing.yield(nil) }
                        for try await line in stream.strings() where journal.isAwaited(line) {
                            announcing.yield(line)
                        }
                        return nil
                    }
                }
                group.addTask {
                    guard let line = await Self.first(of: lines) else {
                        throw NeverReady(description: "\(name) ended: \(errors.text)")
                    }
                    // Also after a failure: what runs here may have to clean up.
                    defer { try? execution.send(signal: signal) }
                    return try await body(line)
                }
                return try await group.reduce(nil) { $0 ?? $1 }
            }
        }
        guard let value = result.closureResult else {
            throw NeverReady(description: "\(path) gave nothing")
        }
        return Session(
            value: value, exitCode: Self.code(result.terminationStatus), output: output.text,
            errors: errors.text)
    }

    /// The first line announced before both streams have ended.
    private static func first(of lines: AsyncStream<String?>) async -> String? {
        var ended = 0
        for await line in lines {
            if let line { return line }
            ended += 1
            if ended == 2 { return nil }
        }
        return nil
    }
}

/// What one stream of a running program said so far.
private final class Journal: Sendable {
    private let words: String
    private let lines = Mutex<[String]>([])

    init(_ words: String) { self.words = words }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func isAwaited(_ line: String) -> Bool {
        lines.withLock { $0.append(line) }
        return line.contains(words)
    }
}
