import ArgumentParser

/// A command that ends with an exit status instead of printing and leaving by itself.
protocol ExecutableCommand: AsyncParsableCommand, Sendable {
    func execute(on console: Console) async throws -> ExitStatus

    /// Whether it is meant to be ended by a signal, and its own status holds then.
    static var endsBySignal: Bool { get }
}

extension ExecutableCommand {
    static var endsBySignal: Bool { false }
}

/// Something that the user typed wrong, with what to do about it.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
