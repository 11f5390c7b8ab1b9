import Glibc
import Synchronization

/// A TCP server on 127.0.0.1 whose every connection runs one closure on a thread of its own.
package final class LoopbackServer: Sendable {
    package let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let serve: @Sendable (LoopbackConnection) -> Void

    private struct State {
        var connections: [LoopbackConnection] = []
        var isStopped = false
    }

    /// The server could not be set up; `step` says where.
    package struct Failure: Error { package var step: String }

    package init(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        self.serve = serve
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure(step: "socket") }
        port = try Self.bind(listener)
        guard listen(listener, 64) == 0 else { throw Failure(step: "listen") }
        let accepting = AcceptLoop(server: Weak(self), listener: listener)
        Threads.start { accepting.run() }
    }

    deinit { stop() }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections came so far.
    package var connectionCount: Int { state.withLock { $0.connections.count } }
    /// Every request read so far, head and body.
    package var requests: [String] {
        state.withLock { $0.connections }.flatMap(\.requests)
    }

    package func stop() {
        let open = state.withLock { state -> [LoopbackConnection]? in
            guard !state.isStopped else { return nil }
            state.isStopped = true
            return state.connections
        }
        guard let open else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in open { connection.close() }
    }

    /// A server that answers each request of each connection with what the closure makes of it.
    package static func answering(
        _ answer: @escaping @Sendable (String) -> String
    ) throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = connection.readRequest() { connection.send(answer(request)) }
        }
    }

    /// A port on which nothing listens.
    package static func closedPort() throws -> Int {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        return try bind(probe)
    }

    fileprivate func accept(_ descriptor: Int32) {
        let connection = LoopbackConnection(descriptor)
        let isStopped = state.withLock { state in
            state.connections.append(connection)
            return state.isStopped
        }
        guard !isStopped else { return connection.close() }
        let serve = serve
        Threads.start {
            serve(connection)
            connection.close()
        }
    }

    private static func bind(_ descriptor: Int32) throws -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw Failure(step: "bind") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// The accepting thread; it does not keep the server alive.
private struct AcceptLoop: Sendable {
    let server: Weak
    let listener: Int32

    func run() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            guard let server = server.value else {
                close(descriptor)
                break
            }
            server.accept(descriptor)
        }
        close(listener)
    }
}

private final class Weak: Sendable {
    private let box: Mutex<Reference>
    private struct Reference { weak var value: LoopbackServer? }

    init(_ value: LoopbackServer) { box = Mutex(Reference(value: value)) }
    var value: LoopbackServer? { box.withLock { $0.value } }
}

/// Detached threads for blocking servers.
enum Threads {
    private final class Job: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Job(run))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else { return argument.release() }
        pthread_detach(thread)
    }
}
