import FoundationEssentials
import HTTPServing
import ReceiveFlags
import ReferenceReceiver
import Synchronization
import Testing

/// A receiver that runs while a test looks at it.
struct RunningReceiver: Sendable {
    let ports: [ReceiverPort: Int]
    let log: RecordedLog

    func port(_ port: ReceiverPort) -> Int { ports[port] ?? 0 }
}

/// The lines that a receiver wrote.
///
/// A class because the receiver writes while the test reads.
final class RecordedLog: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func append(_ line: String) {
        state.withLock { $0.append(line) }
    }
}

/// The receiver ended before it was ready.
struct EndedEarly: Error {
    let exitCode: Int32
    let log: [String]
}

/// Flags that every receiver of the tests gets unless the test names them itself.
private let standardArguments = [
    "--remote-write.address=127.0.0.1:0", "--http-address=127.0.0.1:0",
    "--grpc-address=127.0.0.1:0", "--tsdb.path=/var/thanos/receive",
    "--label=receive_replica=\"A\"",
]

/// Runs a receiver with fresh data, waits until it is ready or merely listens, and says how it
/// ended.
func runReceiver(
    _ arguments: [String], isComplete: Bool = false,
    mappings: [PathMapping] = [], names: [String: String]? = nil, getsReady: Bool = true,
    whileRunning: @escaping @Sendable (RunningReceiver) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = RecordedLog()
    let (events, continuation) = AsyncStream<ReceiverEvent>.makeStream()
    let data = PathMapping(shown: "/var/thanos/receive", real: folder.path())
    let environment = ReceiverEnvironment(
        pathMappings: mappings + [data], names: names, log: { log.append($0) },
        onEvent: { continuation.yield($0) })
    var words = isComplete ? arguments : arguments + missing(from: arguments)
    let own = try OwnFlags(extractingFrom: &words)
    let flags = ParsedReceiveFlags(arguments: words)
    try await withThrowingTaskGroup(of: Int32.self) { group in
        group.addTask {
            defer { continuation.finish() }
            return await Receiver(flags: flags, own: own, environment: environment).run()
        }
        guard let ports = await ports(events, untilReady: getsReady) else {
            throw EndedEarly(exitCode: try await group.next() ?? -1, log: log.lines)
        }
        try await whileRunning(RunningReceiver(ports: ports, log: log))
        group.cancelAll()
        #expect(try await group.next() == 0)
    }
}

private func missing(from arguments: [String]) -> [String] {
    standardArguments.filter { standard in
        let name = standard.prefix { $0 != "=" }
        return !arguments.contains { $0.hasPrefix(name) }
    }
}

private func ports(
    _ events: AsyncStream<ReceiverEvent>, untilReady: Bool
) async -> [ReceiverPort: Int]? {
    var ports: [ReceiverPort: Int] = [:]
    for await event in events {
        switch event {
        case .listening(let port, let address):
            ports[port] = address.port
            if !untilReady, ports.count == ReceiverPort.allCases.count { return ports }
        case .ready: return ports
        }
    }
    return nil
}

/// How a receiver that must not start ended.
func failedStart(
    _ arguments: [String], isComplete: Bool = false, mappings: [PathMapping] = []
) async throws -> EndedEarly {
    do {
        try await runReceiver(arguments, isComplete: isComplete, mappings: mappings) { _ in }
    } catch let ended as EndedEarly {
        return ended
    }
    Issue.record("the receiver started")
    return EndedEarly(exitCode: 0, log: [])
}
