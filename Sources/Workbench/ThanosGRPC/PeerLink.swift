import GRPCCore
import GRPCNIOTransportHTTP2
import NIOCore

/// An open connection to a peer.
struct PeerLink: Sendable {
    private let client: GRPCClient<HTTP2ClientTransport.WrappedChannel>
    private let running: EventLoopFuture<Void>
    private let answerLimit: Int

    /// Runs the connection until it is closed, from here or from there.
    init(
        _ transport: HTTP2ClientTransport.WrappedChannel, on eventLoop: any EventLoop,
        answerLimit: Int
    ) {
        let client = GRPCClient(transport: transport)
        self.client = client
        self.answerLimit = answerLimit
        running = eventLoop.makeFutureWithTask { try await client.runConnections() }
    }

    /// Calls a unary method whose answer says nothing but how the call ended.
    func call(
        _ service: String, _ method: String, _ message: [UInt8], timeout: Duration
    ) async throws(CallFailure) {
        var options = CallOptions.defaults
        options.timeout = timeout
        options.maxResponseMessageBytes = answerLimit
        do {
            try await client.unary(
                request: ClientRequest(message: message),
                descriptor: MethodDescriptor(
                    fullyQualifiedService: service, method: method, type: .unary),
                serializer: RawMessage(), deserializer: RawMessage(), options: options
            ) { response in
                _ = try response.message
            }
        } catch {
            throw CallFailure(error)
        }
    }

    /// Lets calls end, then closes.
    func close() async {
        client.beginGracefulShutdown()
        try? await running.get()
    }
}
