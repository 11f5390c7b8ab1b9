import NIOCore
import NIOHTTP2

/// Tells when a peer is ready for calls, why it never was, and when it takes no more.
private final class PeerWatch: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias InboundOut = HTTP2Frame

    private let ready: EventLoopPromise<Void>
    private let onClosing: @Sendable () -> Void

    init(ready: EventLoopPromise<Void>, onClosing: @escaping @Sendable () -> Void) {
        self.ready = ready
        self.onClosing = onClosing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data).payload {
        case .settings(.settings): ready.succeed()
        case .goAway: onClosing()
        default: break
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ready.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        onClosing()
        ready.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}

extension Channel {
    /// Watches the frames of a connection that has been configured for gRPC.
    func watchPeer(
        ready: EventLoopPromise<Void>, onClosing: @escaping @Sendable () -> Void
    ) throws {
        let frames = try pipeline.syncOperations.handler(type: NIOHTTP2Handler.self)
        try pipeline.syncOperations.addHandler(
            PeerWatch(ready: ready, onClosing: onClosing), position: .after(frames))
    }
}
