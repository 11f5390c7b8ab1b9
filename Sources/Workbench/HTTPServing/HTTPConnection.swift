import NIOCore
import NIOHTTP1

/// One accepted connection: requests are answered one after the other until either side ends it.
struct HTTPConnection: Sendable {
    typealias OutboundPart = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias Wire = NIOAsyncChannel<IncomingRequest, OutboundPart>
    typealias Inbound = NIOAsyncChannelInboundStream<IncomingRequest>
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
                    try await answerAll(inbound, outbound)
                } catch is HTTPParserError {
                    try await refuse(outbound)
                }
            }
        } catch {
            // The client went away; there is nobody left to tell.
        }
    }

    @concurrent
    private func answerAll(_ inbound: Inbound, _ outbound: Outbound) async throws {
        let address = wire.channel.remoteAddress.flatMap(Self.text)
        var client: ClientIdentity?
        for try await request in inbound {
            // Known when the handshake is over, as it is now.
            if client == nil { client = await identifyClient() }
            let served = ServedRequest(
                request, remoteAddress: address, client: client ?? .unencrypted)
            guard try await answer(served, to: request, outbound) else { return }
        }
    }

    /// Answers one request and says whether another may follow.
    private func answer(
        _ served: ServedRequest, to request: IncomingRequest, _ outbound: Outbound
    ) async throws -> Bool {
        let response = await respond(served)
        guard !response.isWithheld else { return false }
        let isDrained = await request.body.drain(limit: Self.drainLimit)
        let mayFollow = request.head.isKeepAlive && isDrained && !response.closesConnection
        try await ResponseWriter(outbound: outbound, options: options).write(
            response, to: request.head, keepsAlive: mayFollow)
        return mayFollow
    }

    private func identifyClient() async -> ClientIdentity {
        options.tls == nil ? .unencrypted : await .behind(wire.channel)
    }

    /// The answer to what is no HTTP, as Go's `net/http` gives it.
    private func refuse(_ outbound: Outbound) async throws {
        let text = "400 Bad Request"
        let headers: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Connection": "close",
            "Content-Length": String(text.utf8.count),
        ]
        try await outbound.write(contentsOf: [
            .head(.init(version: .http1_1, status: .badRequest, headers: headers)),
            .body(ByteBuffer(string: text)),
            .end(nil),
        ])
    }

    private static func text(_ address: SocketAddress) -> String? {
        guard let host = address.ipAddress, let port = address.port else { return nil }
        return ListenAddress(host: host, port: port).description
    }
}

extension ServedRequest {
    fileprivate init(
        _ request: IncomingRequest, remoteAddress: String?, client: ClientIdentity
    ) {
        self.init(
            method: request.head.method.rawValue, target: request.head.uri,
            headers: ServedHeaders(request.head.headers.map { ($0.name, $0.value) }),
            remoteAddress: remoteAddress, client: client, body: request.body)
    }
}
