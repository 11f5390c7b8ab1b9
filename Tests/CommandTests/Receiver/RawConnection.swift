import Foundation
import Glibc

/// One TCP connection of a client that may misbehave; its calls block.
final class RawConnection: Sendable {
    struct Answer: Sendable, Equatable {
        let status: Int
        let body: String
    }

    /// The other side is gone, silent for too long, or speaks no HTTP.
    struct Failure: Error {
        let step: String
    }

    /// Seconds without a byte after which a call gives up.
    private static let patience = 30
    private let descriptor: Int32

    init(_ host: String, port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw Failure(step: "socket") }
        var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure(step: "connect") }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(step: "send") }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads one whole answer with its length, and nothing behind it.
    func answer() throws(Failure) -> Answer {
        var text = ""
        while true {
            if let answer = Self.answer(in: text) { return answer }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Failure(step: "answer, after \(text)") }
            text += String(decoding: chunk.prefix(count), as: UTF8.self)
        }
    }

    private static func answer(in text: String) -> Answer? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
        let body = text[end.upperBound...]
        guard
            let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            let count = length?.split(separator: " ").last.flatMap({ Int($0) }),
            body.utf8.count >= count
        else { return nil }
        return Answer(status: status, body: String(body))
    }
}

/// Runs what blocks on a thread of its own; the cooperative pool's few carry the other tests.
func onOwnThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
