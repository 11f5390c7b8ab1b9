import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The accept loop: binds, hands each connection to a task of its own, and stops gracefully.
struct HTTPServer: Sendable {
    private typealias Wires = AsyncStream<HTTPConnection.Wire>

    /// A body of usual size takes few reads; who sends little costs little.
    private static let receiveBuffers = AdaptiveRecvByteBufferAllocator(
        minimum: 1 << 10, initial: 16 << 10, maximum: 256 << 10)

    let options: ServerOptions
    let respond: @Sendable (ServedRequest) async -> ServedResponse
    private let channels: OpenChannels

    init(
        options: ServerOptions,
        respond: @escaping @Sendable (ServedRequest) async -> ServedResponse
    ) {
        self.options = options
        self.respond = respond
        channels = OpenChannels(limit: options.maxConnections)
    }

    func run(
        onBound: @escaping @Sendable (ListenAddress) async -> Void
    ) async throws(ServingError) {
        let (wires, arrivals) = Wires.makeStream()
        let listener = try await bind(handing: arrivals)
        channels.listen(on: listener)
        listener.closeFuture.whenComplete { _ in arrivals.finish() }
        // As a child the loop would be cancelled together with the caller, and answers in flight
        // with it; a future is awaited just the same, and ended by `channels`.
        let loop = listener.eventLoop.makeFutureWithTask {
            await accept(wires, from: listener, onBound: onBound)
        }
        await withTaskCancellationHandler {
            try? await loop.get()
        } onCancel: {
            channels.stop()
            listener.eventLoop.scheduleTask(in: TimeAmount(options.gracePeriod)) {
                channels.giveUp()
            }
        }
    }

    private func accept(
        _ wires: Wires, from listener: any Channel,
        onBound: @escaping @Sendable (ListenAddress) async -> Void
    ) async {
        let bound = ListenAddress(
            host: listener.localAddress?.ipAddress ?? options.address.host,
            port: listener.localAddress?.port ?? options.address.port)
        await withDiscardingTaskGroup { group in
            group.addTask { await onBound(bound) }
            for await wire in wires {
                group.addTask { await serve(wire) }
            }
            channels.stop()
            await channels.waitUntilOver()
            group.cancelAll()
        }
    }

    private func serve(_ wire: HTTPConnection.Wire) async {
        guard channels.admit(wire.channel) else {
            await Self.decline(wire)
            return
        }
        await HTTPConnection(wire: wire, options: options, respond: respond).run()
        channels.forget(wire.channel)
    }

    /// Closes a connection that came too late; a wire that is merely dropped ends the process.
    private static func decline(_ wire: HTTPConnection.Wire) async {
        try? await wire.executeThenClose { _, _ in }
    }

    /// Not NIO's own stream of connections: what that holds when it ends, it drops.
    private func bind(
        handing arrivals: Wires.Continuation
    ) async throws(ServingError) -> any Channel {
        let tls = try tlsContext()
        do {
            return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.recvAllocator, value: Self.receiveBuffers)
                // No more than one buffer is read ahead of a responder.
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptErrorFilter())
                    }
                }
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let wire = try configure(channel, tls)
                        guard case .terminated = arrivals.yield(wire) else { return }
                        channel.eventLoop.makeFutureWithTask { await Self.decline(wire) }
                            .whenComplete { _ in }
                    }
                }
                .bind(host: options.address.host, port: options.address.port).get()
        } catch {
            throw ServingError(binding: options.address, cause: error)
        }
    }

    private func tlsContext() throws(ServingError) -> NIOSSLContext? {
        do throws(TLSFault) {
            return try options.tls?.context(demanding: options.demands)
        } catch {
            throw ServingError(
                code: .badCertificate, message: "certificate or key is not usable: \(error)")
        }
    }

    private func configure(
        _ channel: any Channel, _ tls: NIOSSLContext?
    ) throws -> HTTPConnection.Wire {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls))
        }
        // NIO's own help with pipelining traps on an answer that precedes the end of its request.
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false)
        try pipeline.addHandler(
            ConnectionLifetime(
                readTimeout: TimeAmount(options.readTimeout),
                writeTimeout: TimeAmount(options.writeTimeout)))
        try pipeline.addHandler(ByteBufferResponseParts())
        try pipeline.addHandler(RequestAssembler())
        return try HTTPConnection.Wire(wrappingChannelSynchronously: channel)
    }
}

/// Keeps errors of single accepts (a reset in the queue, no file descriptors left) from the loop.
final class AcceptErrorFilter: ChannelInboundHandler {
    typealias InboundIn = any Channel

    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
