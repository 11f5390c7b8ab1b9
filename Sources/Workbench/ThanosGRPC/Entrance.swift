import NIOCore
import NIOPosix
import Synchronization

/// The listening socket of a server and who came in through it.
///
/// A class because connections come and go on the threads of many loops.
final class Entrance: Sendable {
    private struct State {
        var listener: (any Channel)?
        /// What to do as soon as it listens, when it was told to stop before.
        var closing: (@Sendable () -> Void)?
        var inside: [ObjectIdentifier: any Channel] = [:]
    }

    private let connectionLimit: Int
    private let state = Mutex(State())

    init(connectionLimit: Int) {
        self.connectionLimit = connectionLimit
    }

    /// Puts the doorkeeper before everything else on a listening channel.
    var guarding: @Sendable (any Channel) -> EventLoopFuture<Void> {
        { listener in
            listener.eventLoop.makeCompletedFuture {
                try listener.pipeline.syncOperations.addHandler(
                    Doorkeeper(entrance: self), position: .first)
            }
        }
    }

    /// Accepts nobody any more, calls `then` when those who just came in are inside, and closes
    /// what is still open when the grace period is over.
    ///
    /// A connection that is between the doors when gRPC shuts the inner one is dropped by it, and
    /// a dropped `NIOAsyncChannel` ends the process. An accepted channel visits its own loop and
    /// comes back to the listener's, so that one round after it finds the way empty. And gRPC
    /// alone would wait forever for a client that does not answer its goodbye.
    func close(gracePeriod: Duration, then: @escaping @Sendable () -> Void) {
        // gRPC never answers a server that was stopped before it listens: so it listens first.
        let opened = state.withLock { state -> (any Channel)? in
            if state.listener == nil {
                state.closing = { self.close(gracePeriod: gracePeriod, then: then) }
            }
            return state.listener
        }
        guard let listener = opened else { return }
        let loops = Array(MultiThreadedEventLoopGroup.singleton.makeIterator())
        listener.setOption(.autoRead, value: false)
            .flatMap {
                EventLoopFuture.andAllComplete(
                    loops.map { $0.submit {} }, on: listener.eventLoop)
            }
            .flatMap { listener.eventLoop.submit {} }
            .whenComplete { _ in then() }
        listener.eventLoop.scheduleTask(in: TimeAmount(gracePeriod)) { self.clear() }
    }

    /// The channel listens from now on.
    fileprivate func open(_ listener: any Channel) {
        let closing = state.withLock { state in
            state.listener = listener
            return state.closing
        }
        closing?()
    }

    /// Whether there is room for one more.
    fileprivate func admit(_ connection: any Channel) -> Bool {
        let key = ObjectIdentifier(connection)
        let isAdmitted = state.withLock { state in
            guard state.inside.count < connectionLimit else { return false }
            state.inside[key] = connection
            return true
        }
        connection.closeFuture.whenComplete { _ in
            self.state.withLock { _ = $0.inside.removeValue(forKey: key) }
        }
        return isAdmitted
    }

    private func clear() {
        for connection in state.withLock({ Array($0.inside.values) }) {
            connection.close(promise: nil)
        }
    }
}

/// Bounds the number of connections, and keeps errors of single accepts (a reset in the queue, no
/// file descriptors left) from the server, which would end with them.
private final class Doorkeeper: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let entrance: Entrance

    init(entrance: Entrance) {
        self.entrance = entrance
    }

    func channelActive(context: ChannelHandlerContext) {
        entrance.open(context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        if entrance.admit(connection) {
            context.fireChannelRead(data)
        } else {
            connection.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
