import Synchronization

/// Whether the receiver calls itself healthy and ready; every change is logged as Thanos does.
///
/// A class because two servers and the start share it.
final class ProbeStatus: Sendable {
    struct State {
        var isHealthy = false
        var isReady = false
        /// Who wants to hear of readiness.
        var listeners: [AsyncStream<Bool>.Continuation] = []
    }

    private let state = Mutex(State())
    private let log: ReceiverLog

    init(log: ReceiverLog) {
        self.log = log
    }

    var current: State { state.withLock { $0 } }

    /// The state now, then each new one, until the receiver ends.
    func readiness() -> AsyncStream<Bool> {
        let (stream, continuation) = AsyncStream<Bool>.makeStream(
            bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            continuation.yield(state.isReady)
            state.listeners.append(continuation)
        }
        return stream
    }

    private func setReady(_ isReady: Bool) -> Bool {
        state.withLock { state in
            guard state.isReady != isReady else { return false }
            state.isReady = isReady
            state.listeners.removeAll { listener in
                if case .terminated = listener.yield(isReady) { return true }
                return false
            }
            return true
        }
    }

    func becomeReady() {
        guard setReady(true) else { return }
        // The file name is misspelt in Thanos too.
        log(
            .info, caller: "intrumentation.go:56", ("component", "receive"),
            ("msg", "changing probe status"), ("status", "ready"))
    }

    func becomeNotReady(because reason: String?) {
        _ = setReady(false)
        log(
            .warn, caller: "intrumentation.go:67", ("component", "receive"),
            ("msg", "changing probe status"), ("status", "not-ready"), ("reason", reason))
    }

    func becomeHealthy() {
        state.withLock { $0.isHealthy = true }
        log(
            .info, caller: "intrumentation.go:75", ("component", "receive"),
            ("msg", "changing probe status"), ("status", "healthy"))
    }

    func becomeNotHealthy(because reason: String?) {
        state.withLock { $0.isHealthy = false }
        log(
            .info, caller: "intrumentation.go:81", ("component", "receive"),
            ("msg", "changing probe status"), ("status", "not-healthy"), ("reason", reason))
    }
}
