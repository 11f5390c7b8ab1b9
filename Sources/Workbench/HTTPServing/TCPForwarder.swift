import NIOCore
import NIOPosix

/// A TCP port that passes every connection on to another address: a VIP on loopback.
package enum TCPForwarder {
    /// Forwards until the calling task is cancelled, then closes everything and returns.
    ///
    /// Connections go to the targets in turn.
    package static func run(
        _ address: ListenAddress, to targets: [ListenAddress],
        onBound: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) async throws(ServingError) {
        let channels = OpenChannels(limit: .max)
        let listener: any Channel
        do {
            listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                // Nothing is read, and no end is seen, before there is somebody to tell.
                .childChannelOption(.autoRead, value: false)
                .childChannelInitializer { inbound in
                    inbound.eventLoop.makeCompletedFuture {
                        try inbound.pipeline.syncOperations.addHandler(
                            Dialer(targets: targets, channels: channels))
                    }
                }
                .bind(host: address.host, port: address.port).get()
        } catch {
            throw ServingError(binding: address, cause: error)
        }
        channels.listen(on: listener)
        let bound = ListenAddress(
            host: address.host, port: listener.localAddress?.port ?? address.port)
        await withTaskCancellationHandler {
            await onBound(bound)
            // Only closing ends the wait, and closing is no failure.
            try? await listener.closeFuture.get()
        } onCancel: {
            channels.closeAll()
        }
    }
}

/// Connects an accepted connection to a target, then lets both sides talk.
private final class Dialer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let targets: [ListenAddress]
    private let channels: OpenChannels

    init(targets: [ListenAddress], channels: OpenChannels) {
        self.targets = targets
        self.channels = channels
    }

    func channelActive(context: ChannelHandlerContext) {
        let inbound = context.channel
        guard channels.admit(inbound), let target = targets.randomElement() else {
            inbound.close(promise: nil)
            return
        }
        ClientBootstrap(group: inbound.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: target.host, port: target.port)
            .flatMap { [channels] outbound in
                outbound.eventLoop.makeCompletedFuture {
                    try inbound.pipeline.syncOperations.addHandler(
                        Relay(partner: outbound) { channels.forget(inbound) })
                    try outbound.pipeline.syncOperations.addHandler(Relay(partner: inbound) {})
                }.flatMap {
                    inbound.setOption(.autoRead, value: true)
                }.flatMap {
                    outbound.setOption(.autoRead, value: true)
                }
            }
            .whenFailure { _ in inbound.close(promise: nil) }
    }
}

/// Passes what one side sends to the other, and ends with it.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let partner: any Channel
    private let onEnd: () -> Void

    init(partner: any Channel, onEnd: @escaping () -> Void) {
        self.partner = partner
        self.onEnd = onEnd
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        partner.write(unwrapInboundIn(data), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { partner.flush() }

    func channelInactive(context: ChannelHandlerContext) {
        onEnd()
        partner.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
