import GRPCCore
import GRPCNIOTransportHTTP2
import NIOCore
import NIOHTTP2
import NIOPosix

/// One attempt to connect to a peer, until it has sent its settings.
struct PeerDial: Sendable {
    /// How long grpc-go gives an attempt (`minConnectTimeout`).
    private static let patience = TimeAmount.seconds(20)

    /// The connection, or why there is none.
    let link: EventLoopFuture<PeerLink>
    private let ready: EventLoopPromise<Void>

    /// Begins at once; `onEnd` is told when it failed or takes no further calls.
    init(
        _ target: PeerTarget, _ options: PeerOptions, on eventLoop: any EventLoop,
        onEnd: @escaping @Sendable () -> Void
    ) {
        let ready = eventLoop.makePromise(of: Void.self)
        let timer = eventLoop.scheduleTask(in: Self.patience) {
            ready.fail(ChannelError.connectTimeout(Self.patience))
        }
        ready.futureResult.whenComplete { _ in timer.cancel() }
        self.ready = ready
        link = eventLoop.makeFutureWithTask {
            do {
                let transport = try await Self.transport(
                    target, options, on: eventLoop, ready, onEnd)
                let link = PeerLink(transport, on: eventLoop, answerLimit: options.messageBytes)
                try await ready.futureResult.get()
                return link
            } catch {
                // What failed first counts: it closes the channel, and that fails the rest.
                ready.fail(error)
                throw CallFailure(
                    dialing: target, await ready.futureResult.failure ?? error)
            }
        }
        link.whenFailure { _ in onEnd() }
    }

    /// Gives up, unless the peer is ready already.
    func abandon(because failure: CallFailure) {
        ready.fail(failure)
    }

    private static func transport(
        _ target: PeerTarget, _ options: PeerOptions, on eventLoop: any EventLoop,
        _ ready: EventLoopPromise<Void>, _ onEnd: @escaping @Sendable () -> Void
    ) async throws -> HTTP2ClientTransport.WrappedChannel {
        guard let address = target.address(in: options.names) else {
            throw CallFailure(unknownHost: target)
        }
        let security = try options.tls.map { try PeerSecurity($0, host: target.host) }
        return try await .wrapping(config: .peer(target, options)) { configure in
            try await ClientBootstrap(group: eventLoop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: address, port: target.port) { channel in
                    ready.futureResult.whenFailure { _ in channel.close(promise: nil) }
                    return channel.eventLoop
                        .makeCompletedFuture { try security?.secure(channel) }
                        .flatMap { configure(channel) }
                        .flatMapThrowing { configured in
                            try channel.watchPeer(ready: ready, onClosing: onEnd)
                            return configured
                        }
                }
        }
    }
}

extension EventLoopFuture where Value: Sendable {
    /// Why there is no value.
    fileprivate var failure: (any Error)? {
        get async {
            do {
                _ = try await get()
                return nil
            } catch {
                return error
            }
        }
    }
}

extension HTTP2ClientTransport.WrappedChannel.Config {
    fileprivate static func peer(_ target: PeerTarget, _ options: PeerOptions) -> Self {
        .defaults { config in
            config.http2.authority = target.description
            config.connection.keepalive = .init(
                time: .seconds(10), timeout: .seconds(5), allowWithoutCalls: false)
            config.channelDebuggingCallbacks.onCreateHTTP2Stream = { stream in
                stream.eventLoop.makeCompletedFuture {
                    try stream.pipeline.syncOperations.addHandler(
                        PeerMessages(
                            compresses: options.compresses, limit: options.messageBytes),
                        position: .first)
                }
            }
        }
    }
}
