import NIOCore
import NIOPosix
import SnappyCodec
import Synchronization

/// The connection to one peer: opened when it is needed, and opened again after it broke.
///
/// Each call that finds no connection dials at once: when to leave a peer alone is for the caller
/// to decide. A class because it is one connection to all that use it.
package final class PeerConnection: Sendable {
    private struct State {
        var dial: PeerDial?
        /// Counts dials, so that the end of an old one does not take the new one along.
        var generation = 0
        var isClosed = false
    }

    private let target: PeerTarget
    private let options: PeerOptions
    private let state = Mutex(State())
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()

    /// `target` is `host:port`, with or without gRPC's `dns:///`.
    package init(target: String, options: PeerOptions = PeerOptions()) {
        self.target = PeerTarget(target)
        self.options = options
    }

    /// Sends a `thanos.WriteRequest`; what the peer answers other than OK is thrown.
    ///
    /// Any number of calls may be under way. Connecting counts towards `timeout`.
    package func remoteWrite(
        _ message: [UInt8], timeout: Duration
    ) async throws(CallFailure) {
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        let message = options.compresses ? SnappyFrames.encode(message) : message
        let link = try await link(until: deadline)
        let rest = Duration(deadline - .now())
        try await link.call("thanos.WriteableStore", "RemoteWrite", message, timeout: rest)
    }

    /// Lets calls end, closes the connection and refuses further calls.
    package func close() async {
        let dial = state.withLock { state in
            state.isClosed = true
            return state.dial
        }
        dial?.abandon(because: Self.closing)
        if let link = try? await dial?.link.get() {
            await link.close()
        }
    }

    private static let closing = CallFailure(
        .canceled, "grpc: the client connection is closing")
}

extension PeerConnection {
    /// The open connection, or the one that is being opened, waited for until the deadline.
    private func link(until deadline: NIODeadline) async throws(CallFailure) -> PeerLink {
        let waiting = eventLoop.makePromise(of: PeerLink.self)
        let timer = eventLoop.scheduleTask(deadline: deadline) {
            waiting.fail(CallFailure(.deadlineExceeded, "context deadline exceeded"))
        }
        defer { timer.cancel() }
        currentDial().cascade(to: waiting)
        do {
            return try await withTaskCancellationHandler {
                try await waiting.futureResult.get()
            } onCancel: {
                waiting.fail(CancellationError())
            }
        } catch {
            throw CallFailure(error)
        }
    }

    private func currentDial() -> EventLoopFuture<PeerLink> {
        state.withLock { state in
            guard !state.isClosed else { return eventLoop.makeFailedFuture(Self.closing) }
            if let dial = state.dial { return dial.link }
            state.generation += 1
            let dial = PeerDial(target, options, on: eventLoop) {
                [generation = state.generation] in self.forget(generation)
            }
            state.dial = dial
            return dial.link
        }
    }

    private func forget(_ generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            state.dial = nil
        }
    }
}
