import Glibc
import NIOCore
import NIOPosix

/// A TCP port that accepts and speaks no protocol: what stands in for a service that is not one.
package enum TCPAcceptor {
    /// What becomes of an accepted connection.
    package enum Behaviour: Sendable, Hashable, CaseIterable {
        /// Reads and drops whatever comes, answers nothing, until the client leaves.
        case holdsSilently
        /// Ends the connection in an orderly way at once.
        case closesAtOnce
        /// Ends the connection with a reset at once.
        case resets
    }

    /// Accepts until the calling task is cancelled, then closes everything and returns.
    package static func run(
        _ address: ListenAddress,
        behaviour: Behaviour = .holdsSilently,
        onBound: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) async throws(ServingError) {
        let channels = OpenChannels(limit: .max)
        let listener = try await bind(address, behaviour, channels)
        channels.listen(on: listener)
        let bound = ListenAddress(
            host: listener.localAddress?.ipAddress ?? address.host,
            port: listener.localAddress?.port ?? address.port)
        await withTaskCancellationHandler {
            await onBound(bound)
            // Only closing ends the wait, and closing is no failure.
            try? await listener.closeFuture.get()
        } onCancel: {
            channels.closeAll()
        }
    }

    private static func bind(
        _ address: ListenAddress, _ behaviour: Behaviour, _ channels: OpenChannels
    ) async throws(ServingError) -> any Channel {
        do {
            return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptErrorFilter())
                    }
                }
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            MuteConnection(behaviour: behaviour, channels: channels))
                    }
                }
                .bind(host: address.host, port: address.port).get()
        } catch {
            throw ServingError(binding: address, cause: error)
        }
    }
}

/// One connection of an acceptor: counted, and ended as its behaviour says.
private final class MuteConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let behaviour: TCPAcceptor.Behaviour
    private let channels: OpenChannels

    init(behaviour: TCPAcceptor.Behaviour, channels: OpenChannels) {
        self.behaviour = behaviour
        self.channels = channels
    }

    func channelActive(context: ChannelHandlerContext) {
        guard channels.admit(context.channel) else {
            context.close(promise: nil)
            return
        }
        switch behaviour {
        case .holdsSilently:
            break
        case .closesAtOnce:
            context.close(promise: nil)
        case .resets:
            reset(context.channel)
        }
    }

    /// Closing with a linger time of zero sends RST instead of FIN (`socket(7)`).
    private func reset(_ channel: any Channel) {
        guard let socket = channel as? any SocketOptionProvider else { return }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            .whenComplete { _ in channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func channelInactive(context: ChannelHandlerContext) {
        channels.forget(context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
