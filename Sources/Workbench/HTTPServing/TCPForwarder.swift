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
                .childChannelInitializer { inbound in connect(inbound, to: targets, channels) }
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

    private static func connect(
        _ inbound: any Channel, to targets: [ListenAddress], _ channels: OpenChannels
    ) -> EventLoopFuture<Void> {
        guard channels.admit(inbound), let target = targets.randomElement() else {
            return inbound.close()
        }
        return ClientBootstrap(group: inbound.eventLoop)
            .connect(host: target.host, port: target.port)
            .flatMap { outbound in
                inbound.eventLoop.makeCompletedFuture {
                    try inbound.pipeline.syncOperations.addHandler(
                        Relay(partner: outbound) { channels.forget(inbound) })
                    try outbound.pipeline.syncOperations.addHandler(Relay(partner: inbound) {})
                }
            }
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
