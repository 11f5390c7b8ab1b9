import Synchronization

/// Whether the receiver calls itself healthy and ready; every change is logged as Thanos does.
///
/// A class because two servers and the start share it.
final class ProbeStatus: Sendable {
    struct State {
        var isHealthy = false
        var isReady = false
    }

    private let state = Mutex(State())
    private let log: ReceiverLog

    init(log: ReceiverLog) {
        self.log = log
    }

    var current: State { state.withLock { $0 } }

    func becomeReady() {
        let changed = state.withLock { state in
            defer { state.isReady = true }
            return !state.isReady
        }
        guard changed else { return }
        // The file name is misspelt in Thanos too.
        log(
            .info, caller: "intrumentation.go:56", ("component", "receive"),
            ("msg", "changing probe status"), ("status", "ready"))
    }

    func becomeNotReady(because reason: String?) {
        state.withLock { $0.isReady = false }
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
