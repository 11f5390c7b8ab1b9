import Dispatch
import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into cancellation, so that what runs can clean up behind itself.
enum Signals {
    private enum Outcome {
        case ended(ExitStatus)
        case signalled(ExitStatus)
    }

    /// The status that the first signal asks for; a process has its signals once.
    private static let asked = Mutex<ExitStatus?>(nil)

    /// What an operation that was cancelled reports as its exit status.
    static var received: ExitStatus? { asked.withLock { $0 } }

    /// Runs an operation; a signal cancels it and decides the exit status, unless the operation
    /// keeps its own; a second one ends the process at once.
    static func running(
        keepsStatus: Bool, _ operation: @escaping @Sendable () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let (signals, sources) = stream()
        defer { sources.forEach { $0.cancel() } }
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { .ended(try await operation()) }
            group.addTask {
                for await status in signals { return .signalled(status) }
                return .signalled(.interrupted)
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { return .internalError }
            switch first {
            case .ended(let status):
                return status
            case .signalled(let status):
                group.cancelAll()
                while let rest = try? await group.next() {
                    if case .ended(let own) = rest { return keepsStatus ? own : status }
                }
                return status
            }
        }
    }

    private static func stream() -> (AsyncStream<ExitStatus>, [any DispatchSourceSignal]) {
        let (stream, continuation) = AsyncStream.makeStream(of: ExitStatus.self)
        let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)].map {
            number, status in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                asked.withLock { $0 = $0 ?? status }
                continuation.yield(status)
                // The next one of the same kind is not waited for.
                signal(number, SIG_DFL)
            }
            source.resume()
            return source
        }
        return (stream, sources)
    }
}
