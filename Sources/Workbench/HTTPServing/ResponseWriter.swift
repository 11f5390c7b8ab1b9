import NIOCore
import NIOHTTP1

/// Puts one response on the wire, its headers as they were given.
struct ResponseWriter {
    /// Small segments are gathered into writes of about this size.
    private static let writeSize = 128 << 10

    let outbound: HTTPConnection.Outbound
    let options: ServerOptions

    func write(
        _ response: ServedResponse, to request: HTTPRequestHead, keepsAlive: Bool
    ) async throws {
        let isHead = request.method == .HEAD
        let head = head(of: response, to: request, keepsAlive: keepsAlive, isHead: isHead)
        if let whole = isHead ? ByteBuffer() : Self.small(response.body) {
            // One write instead of three is one message to the event loop instead of three.
            let body: [HTTPConnection.OutboundPart] =
                whole.readableBytes > 0 ? [.body(whole)] : []
            try await outbound.write(contentsOf: [.head(head)] + body + [.end(nil)])
            return
        }
        try await outbound.write(.head(head))
        try await write(response.body)
        try await outbound.write(.end(nil))
    }

    /// A body that fits into one write; nil for others.
    private static func small(_ body: ServedResponse.Body) -> ByteBuffer? {
        guard case .bytes(let bytes) = body, bytes.count <= writeSize else { return nil }
        return ByteBuffer(bytes: bytes)
    }

    private func head(
        of response: ServedResponse,
        to request: HTTPRequestHead,
        keepsAlive: Bool,
        isHead: Bool
    ) -> HTTPResponseHead {
        var headers = HTTPHeaders(response.headers)
        if let name = options.serverName, !headers.contains(name: "Server") {
            headers.add(name: "Server", value: name)
        }
        if options.sendsDate, !headers.contains(name: "Date") {
            headers.add(name: "Date", value: HTTPDate.now(skewedBy: options.clockSkew))
        }
        let hasBody = response.status >= 200 && response.status != 204 && response.status != 304
        // NIO would end a HEAD answer without a length with an empty chunk, which is a body.
        let length = response.body.length ?? (isHead ? 0 : nil)
        if hasBody, let length, !headers.contains(name: "Content-Length") {
            headers.add(name: "Content-Length", value: String(length))
        }
        if !keepsAlive, !headers.contains(name: "Connection") {
            headers.add(name: "Connection", value: "close")
        }
        return HTTPResponseHead(
            version: request.version, status: .init(statusCode: response.status), headers: headers)
    }

    private func write(_ body: ServedResponse.Body) async throws {
        switch body {
        case .bytes(let bytes):
            try await write(slicesOf: bytes)
        case .segments(let segments):
            try await write(joined: segments)
        case .stream(let stream):
            for await bytes in stream {
                try await write(slicesOf: bytes)
            }
        }
    }

    private func write(slicesOf bytes: [UInt8]) async throws {
        var start = 0
        while start < bytes.count {
            let end = min(start + Self.writeSize, bytes.count)
            try await outbound.write(.body(ByteBuffer(bytes: bytes[start..<end])))
            start = end
        }
    }

    private func write(joined segments: [[UInt8]]) async throws {
        var buffer = ByteBuffer()
        for segment in segments {
            if buffer.readableBytes > 0, buffer.readableBytes + segment.count > Self.writeSize {
                try await outbound.write(.body(buffer))
                buffer = ByteBuffer()
            }
            if segment.count > Self.writeSize {
                try await write(slicesOf: segment)
            } else {
                buffer.writeBytes(segment)
            }
        }
        if buffer.readableBytes > 0 {
            try await outbound.write(.body(buffer))
        }
    }
}
