import Glibc
import Synchronization

/// One accepted connection, with blocking reads and writes.
package final class LoopbackConnection: Sendable {
    private let descriptor: Int32
    private let state = Mutex(State())

    private struct State {
        var isClosed = false
        var requests: [String] = []
    }

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { Glibc.close(descriptor) }

    package var requests: [String] { state.withLock { $0.requests } }

    /// The next request with its body, as far as `Content-Length` says; `nil` at the end.
    package func readRequest() -> String? {
        var bytes: [UInt8] = []
        var wanted = Int.max
        while bytes.count < wanted {
            guard let chunk = readSome() else { return nil }
            bytes += chunk
            let text = String(decoding: bytes, as: UTF8.self)
            guard wanted == .max, let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let head = text[..<end.upperBound]
            wanted = head.utf8.count + Self.contentLength(head)
        }
        let request = String(decoding: bytes, as: UTF8.self)
        state.withLock { $0.requests.append(request) }
        return request
    }

    /// Sends everything; `false` when the other side is gone.
    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says nothing until the other side closes.
    package func waitForEnd() {
        while readSome() != nil {}
    }

    /// Closes with a reset instead of an orderly end.
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, size)
        close(abortively: true)
    }

    package func close() { close(abortively: false) }

    /// The number itself is given back in `deinit`, when no thread can use it any more.
    private func close(abortively: Bool) {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        guard abortively else {
            shutdown(descriptor, Int32(SHUT_RDWR))
            return
        }
        // Connecting a stream socket to nothing drops it at once, with a reset.
        var nothing = sockaddr()
        nothing.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &nothing, socklen_t(MemoryLayout<sockaddr>.size))
    }

    private func readSome() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }

    private static func contentLength(_ head: Substring) -> Int {
        let line = head.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-length:")
        }
        return line.flatMap { Int($0.split(separator: ":")[1].filter(\.isNumber)) } ?? 0
    }
}

extension String {
    /// A whole HTTP answer with its length.
    package static func http(
        _ status: String, type: String = "text/plain", headers: [String] = [], _ body: String
    ) -> String {
        let head =
            ["HTTP/1.1 \(status)", "Content-Type: \(type)"] + headers
            + ["Content-Length: \(body.utf8.count)"]
        return head.joined(separator: "\r\n") + "\r\n\r\n" + body
    }
}
