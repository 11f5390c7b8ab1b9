import NIOCore
import Synchronization

/// The channels a running server holds, so that stopping can reach each of them.
final class OpenChannels: Sendable {
    private struct State {
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let over: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation

    init(limit: Int) {
        self.limit = limit
        (over, ending) = AsyncStream.makeStream()
    }

    /// Takes the listening channel.
    func listen(on channel: any Channel) {
        state.withLock { $0.listener = channel }
    }

    /// Counts a connection in; false when it is one too many.
    func admit(_ channel: any Channel) -> Bool {
        state.withLock { state in
            guard !state.isStopping, state.connections.count < limit else { return false }
            state.connections[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    func forget(_ channel: any Channel) {
        let isOver = state.withLock { state in
            state.connections[ObjectIdentifier(channel)] = nil
            return state.isStopping && state.connections.isEmpty
        }
        if isOver { giveUp() }
    }

    /// Stops listening; idle connections close, busy ones after their current answer.
    func stop() {
        let (listener, connections) = state.withLock { state in
            state.isStopping = true
            return (state.listener, Array(state.connections.values))
        }
        listener?.close(promise: nil)
        if connections.isEmpty { giveUp() }
        for channel in connections {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Stops listening and closes every connection as it is.
    func closeAll() {
        let (listener, connections) = state.withLock { state in
            state.isStopping = true
            return (state.listener, Array(state.connections.values))
        }
        listener?.close(promise: nil)
        for channel in connections {
            channel.close(promise: nil)
        }
    }

    /// Ends the wait for connections that are still open.
    func giveUp() {
        ending.finish()
    }

    /// Returns when the last connection was forgotten after a stop, or with `giveUp`.
    func waitUntilOver() async {
        for await _ in over {}
    }
}
