import NIOCore
import NIOHTTP1

/// What is left to read of one request, and how it is read within bounds.
struct RequestBody {
    typealias Parts = HTTPConnection.Inbound.AsyncIterator

    /// Memory reserved on the word of a client that has not sent anything yet.
    private static let reservation = 1 << 20

    var expectsContinue: Bool
    private let declaredLength: Int?
    private var isAtEnd = false
    private var wasRead = false

    init(head: HTTPRequestHead) {
        declaredLength = head.headers.first(name: "content-length").flatMap(Int.init)
        expectsContinue =
            head.headers.first(name: "expect").map { $0.lowercased() == "100-continue" } ?? false
    }

    /// Reads to the end, or to the first byte beyond the limit.
    @concurrent
    mutating func collect(_ parts: inout Parts, limit: Int) async -> BodyExchange.Outcome {
        guard !wasRead else { return .failure(.truncated) }
        wasRead = true
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(declaredLength ?? 0, limit, Self.reservation))
        do {
            while let part = try await parts.next() {
                switch part {
                case .head:
                    return .failure(.truncated)
                case .body(let buffer):
                    guard buffer.readableBytes <= limit - bytes.count else {
                        return .failure(.tooLarge(limit: limit))
                    }
                    bytes.append(contentsOf: buffer.readableBytesView)
                case .end:
                    isAtEnd = true
                    return .success(bytes)
                }
            }
        } catch {
            return .failure(.truncated)
        }
        return .failure(.truncated)
    }

    /// Skips what the responder left unread; false when it is more than the limit.
    @concurrent
    mutating func drain(_ parts: inout Parts, limit: Int) async throws -> Bool {
        guard !isAtEnd else { return true }
        guard !expectsContinue, declaredLength ?? 0 <= limit else { return false }
        var skipped = 0
        while let part = try await parts.next() {
            switch part {
            case .head:
                return false
            case .body(let buffer):
                skipped += buffer.readableBytes
                guard skipped <= limit else { return false }
            case .end:
                isAtEnd = true
                return true
            }
        }
        return false
    }
}
