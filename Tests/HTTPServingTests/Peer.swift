import Dispatch
import Glibc
import Testing

@testable import HTTPServing

/// A blocking TCP client that sends exactly the bytes a test names.
final class Peer: Sendable {
    private let descriptor: Int32
    /// Waiting for bytes on the pool of Swift's tasks would starve the server under test.
    private let queue = DispatchQueue(label: "peer")

    init(_ address: ListenAddress) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        var wanted = sockaddr_in()
        wanted.sin_family = sa_family_t(AF_INET)
        wanted.sin_port = in_port_t(UInt16(address.port)).bigEndian
        try #require(inet_pton(AF_INET, address.host, &wanted.sin_addr) == 1)
        let result = withUnsafePointer(to: &wanted) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        try #require(Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) >= 0)
    }

    /// Sends a text that may be larger than the buffers between the two ends.
    ///
    /// Stops where the server ends the connection, which is what some tests are about.
    func sendAll(_ text: String) async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "peer sends").async { [descriptor] in
                var rest = Array(text.utf8)[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes {
                        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard count > 0 else { break }
                    rest = rest.dropFirst(count)
                }
                continuation.resume()
            }
        }
    }

    func finishWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Everything until the server closes; a timeout fails the test.
    func readToEnd() async throws -> Reply {
        var all: [UInt8] = []
        while let bytes = try await receive() {
            all += bytes
        }
        return Reply(text: String(decoding: all, as: UTF8.self))
    }

    func read(until marker: String) async throws -> String {
        var all: [UInt8] = []
        while let bytes = try await receive() {
            all += bytes
            let text = String(decoding: all, as: UTF8.self)
            if text.components(of: marker) > 0 { return text }
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Nil at the end, and after a reset, which ends a conversation too.
    private func receive() async throws -> [UInt8]? {
        let (bytes, reason) = await withCheckedContinuation { continuation in
            queue.async { [descriptor] in
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &buffer, buffer.count, 0)
                let reason = count < 0 ? errno : 0
                continuation.resume(returning: (Array(buffer[..<max(0, count)]), reason))
            }
        }
        if reason == ECONNRESET { return nil }
        try #require(reason == 0, "the server kept silent for ten seconds")
        return bytes.isEmpty ? nil : bytes
    }
}

/// What came back over one connection.
struct Reply {
    let text: String

    var parts: (head: [String], body: String) {
        get throws {
            let bytes = Array(text.utf8)
            let blank = Array("\r\n\r\n".utf8)
            let end = try #require(
                (0...max(0, bytes.count - blank.count)).first {
                    bytes[$0...].starts(with: blank)
                })
            let head = String(decoding: bytes[..<end], as: UTF8.self)
            let lines = head.split(separator: "\r\n").map(String.init)
            return (lines, String(decoding: bytes[(end + blank.count)...], as: UTF8.self))
        }
    }
}

extension String {
    /// How often a part occurs, without overlap.
    func components(of part: String) -> Int {
        var count = 0
        var rest = Array(utf8)[...]
        let part = Array(part.utf8)
        while rest.count >= part.count {
            if rest.starts(with: part) {
                count += 1
                rest = rest.dropFirst(part.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        return count
    }
}

/// Runs a server on a free port for as long as the body runs.
func withServer(
    _ options: ServerOptions = ServerOptions(address: ListenAddress(host: "127.0.0.1", port: 0)),
    respond: @escaping @Sendable (ServedRequest) async -> ServedResponse,
    body: (ListenAddress) async throws -> Void
) async throws {
    let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { binding.finish() }
            try await serve(options, onBound: { binding.yield($0) }, respond: respond)
        }
        let address = try #require(await bound.first { _ in true })
        try await body(address)
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// Sends one text over one connection and reads to the end of it.
func exchange(
    _ text: String,
    finishes: Bool = false,
    options: ServerOptions = ServerOptions(address: ListenAddress(host: "127.0.0.1", port: 0)),
    respond: @escaping @Sendable (ServedRequest) async -> ServedResponse
) async throws -> Reply {
    var reply = Reply(text: "")
    try await withServer(options, respond: respond) { address in
        let peer = try Peer(address)
        await peer.sendAll(text)
        if finishes { peer.finishWriting() }
        reply = try await peer.readToEnd()
    }
    return reply
}
