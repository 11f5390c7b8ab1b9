import Foundation
import Glibc

/// One request on one connection, byte for byte as the test wrote it.
enum RawHTTP {
    /// What came back until the server closed.
    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: String
    }

    struct Failure: Error {
        let step: String
    }

    /// Sends the request and reads to the end, on a thread of its own.
    static func exchange(
        host: String = "127.0.0.1", port: Int, method: String, path: String,
        headers: [String: String] = [:],
        body: [UInt8] = []
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        for (name, value) in headers where name != "Host" { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.count)\r\n\r\n"
        // A character of the recording stands for one byte.
        let request = head.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } + body
        let reply = try await withCheckedThrowingContinuation { continuation in
            // Not a dispatch queue: its few threads also carry the server under test.
            Thread.detachNewThread {
                continuation.resume(with: Result { try send(request, to: host, port: port) })
            }
        }
        return try answer(reply)
    }

    private static func send(
        _ request: [UInt8], to host: String, port: Int
    ) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(step: "socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr(host)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure(step: "connect") }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(step: "send") }
            sent += count
        }
        var reply: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 || !reply.isEmpty else { throw Failure(step: "receive") }
            guard count > 0 else { return reply }
            reply += chunk[..<count]
        }
    }

    private static func answer(_ reply: [UInt8]) throws -> Answer {
        let text = String(decoding: reply, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { throw Failure(step: "head") }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, let status = Int(words[1]) else { throw Failure(step: "status") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[String(parts[0])] = parts.last.map { String($0.drop { $0 == " " }) }
        }
        return Answer(status: status, headers: headers, body: String(text[end.upperBound...]))
    }
}
