import NIOCore
import NIOHTTP1

/// One accepted connection: requests are answered one after the other until either side ends it.
struct HTTPConnection: Sendable {
    typealias OutboundPart = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias Wire = NIOAsyncChannel<HTTPServerRequestPart, OutboundPart>
    typealias Inbound = NIOAsyncChannelInboundStream<HTTPServerRequestPart>
    typealias Outbound = NIOAsyncChannelOutboundWriter<OutboundPart>

    /// Go drains as much of an unread body before it closes instead (`maxPostHandlerReadBytes`).
    private static let drainLimit = 256 << 10

    let wire: Wire
    let options: ServerOptions
    let respond: @Sendable (ServedRequest) async -> ServedResponse

    /// Never throws: what one client does wrong ends its own connection only.
    func run() async {
        do {
            try await wire.executeThenClose { inbound, outbound in
                do {
                    var parts = inbound.makeAsyncIterator()
                    while let part = try await parts.next() {
                        guard case .head(let head) = part else { continue }
                        guard try await answer(head, &parts, outbound) else { break }
                    }
                } catch is HTTPParserError {
                    try await refuse(outbound)
                }
            }
        } catch {
            // The client went away; there is nobody left to tell.
        }
    }

    /// The answer to what is no HTTP, as Go's `net/http` gives it.
    @concurrent
    private func refuse(_ outbound: Outbound) async throws {
        let text = "400 Bad Request"
        let headers: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Connection": "close",
            "Content-Length": String(text.utf8.count),
        ]
        try await outbound.write(
            .head(.init(version: .http1_1, status: .badRequest, headers: headers)))
        try await outbound.write(.body(ByteBuffer(string: text)))
        try await outbound.write(.end(nil))
    }

    /// Answers one request and says whether another may follow.
    @concurrent
    private func answer(
        _ head: HTTPRequestHead, _ parts: inout Inbound.AsyncIterator, _ outbound: Outbound
    ) async throws -> Bool {
        let exchange = BodyExchange()
        var input = RequestBody(head: head)
        let response = try await response(to: head, exchange, &input, &parts, outbound)
        let isDrained = try await input.drain(&parts, limit: Self.drainLimit)
        let mayFollow = head.isKeepAlive && isDrained && !response.closesConnection
        try await ResponseWriter(outbound: outbound, options: options).write(
            response, to: head, keepsAlive: mayFollow)
        return mayFollow
    }

    @concurrent
    private func response(
        to head: HTTPRequestHead,
        _ exchange: BodyExchange,
        _ input: inout RequestBody,
        _ parts: inout Inbound.AsyncIterator,
        _ outbound: Outbound
    ) async throws -> ServedResponse {
        let request = ServedRequest(
            method: head.method.rawValue, target: head.uri,
            headers: ServedHeaders(head.headers.map { ($0.name, $0.value) }),
            remoteAddress: wire.channel.remoteAddress.flatMap(Self.text), exchange: exchange)
        async let response = respondThenFinish(request, exchange)
        while let demand = await exchange.nextDemand() {
            if input.expectsContinue {
                input.expectsContinue = false
                try? await outbound.write(.head(.init(version: .http1_1, status: .continue)))
            }
            demand.answer.resume(returning: await input.collect(&parts, limit: demand.limit))
        }
        return await response
    }

    private func respondThenFinish(
        _ request: ServedRequest, _ exchange: BodyExchange
    ) async -> ServedResponse {
        let response = await respond(request)
        exchange.finish()
        return response
    }

    private static func text(_ address: SocketAddress) -> String? {
        guard let host = address.ipAddress, let port = address.port else { return nil }
        return ListenAddress(host: host, port: port).description
    }
}
