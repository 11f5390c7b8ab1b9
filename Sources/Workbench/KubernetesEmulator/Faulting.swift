import HTTPServing
import MarkedYAML

/// Lets one fault loose on one answer.
struct Faulting: Sendable {
    let fault: EmulatorFault?

    func respond(
        with answer: () async throws(APIStatus) -> ServedResponse
    ) async throws(APIStatus) -> ServedResponse {
        switch fault?.effect {
        case nil, .forbidden:
            return try await answer()
        case .delay(let duration):
            // Ends early only when the server stops, and then nobody waits.
            try? await Task.sleep(for: duration)
            return try await answer()
        case .hang:
            try? await Task.sleep(for: .seconds(86_400))
            return ServedResponse(status: 504, closesConnection: true)
        case .html(let status):
            return Self.page(status: status)
        case .truncated(let count):
            return Self.truncated(try await answer(), after: count)
        case .tooManyRequests(let seconds):
            throw Self.busy(retryAfter: seconds)
        case .internalError:
            throw APIStatus(
                500, "InternalError", "Internal error occurred: etcdserver: request timed out",
                details: ["causes": [["message": "etcdserver: request timed out"]]])
        case .expired:
            throw .expired(continueWith: nil)
        case .gone:
            throw APIStatus(
                404, "NotFound", "pods \"gone\" not found",
                details: ["name": "gone", "kind": "pods"])
        case .hugeLog(let bytes):
            _ = try await answer()
            return Self.hugeLog(bytes: bytes)
        }
    }

    private static func page(status: Int) -> ServedResponse {
        let page = """
            <html>
            <head><title>\(status) Bad Gateway</title></head>
            <body><center><h1>\(status) Bad Gateway</h1></center><hr><center>nginx</center></body>
            </html>

            """
        return ServedResponse(
            status: status, headers: [("Content-Type", "text/html")],
            body: .bytes(Array(page.utf8)))
    }

    private static func truncated(_ answer: ServedResponse, after count: Int) -> ServedResponse {
        var answer = answer
        let bytes: [UInt8] =
            switch answer.body {
            case .bytes(let bytes): bytes
            case .segments(let segments): Array(segments.joined())
            case .stream: []
            }
        answer.headers.append(("Content-Length", String(max(bytes.count, count + 1))))
        answer.body = .bytes(Array(bytes.prefix(count)))
        answer.closesConnection = true
        return answer
    }

    /// As priority and fairness refuses (`pkg/server/filters/priority-and-fairness.go`).
    private static func busy(retryAfter: Int) -> APIStatus {
        var status = APIStatus(
            429, "TooManyRequests", "Too many requests, please try again later.",
            details: ["retryAfterSeconds": .int(retryAfter)])
        status.retryAfter = retryAfter
        return status
    }

    private static func hugeLog(bytes: Int) -> ServedResponse {
        let line =
            "level=info msg=\"nothing of interest\" padding=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
        let chunk = Array(String(repeating: line, count: 800).utf8)
        let source = LazyChunks(chunk: chunk, total: bytes)
        return ServedResponse(
            status: 200, headers: [ServedResponse.cacheControl, ("Content-Type", "text/plain")],
            body: .stream(AsyncStream(unfolding: { await source.next() })))
    }
}

/// The same chunk again and again; an actor because a stream's source is called from its reader.
private actor LazyChunks {
    private let chunk: [UInt8]
    private var left: Int

    init(chunk: [UInt8], total: Int) {
        self.chunk = chunk
        left = total
    }

    func next() -> [UInt8]? {
        guard left > 0 else { return nil }
        left -= chunk.count
        return chunk
    }
}
