import ArgumentParser

/// A command that ends with an exit status instead of printing and leaving by itself.
protocol ExecutableCommand: AsyncParsableCommand, Sendable {
    func execute(on console: Console) async throws -> ExitStatus
}

/// Something that the user typed wrong, with what to do about it.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
