import Synchronization

/// Lets so many writes in at a time; the others wait in line (`max_concurrency`).
///
/// A class because all requests pass it.
final class WriteGate: Sendable {
    /// Writes that wait; beyond it Thanos would let the line grow, and we refuse.
    private static let lineLimit = 1000

    private struct State {
        var inside = 0
        var line: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let limits: InstalledLimits
    private let metrics: ReceiverMetrics

    init(limits: InstalledLimits, metrics: ReceiverMetrics) {
        self.limits = limits
        self.metrics = metrics
    }

    /// Waits for a place; false when too many wait already.
    func enter() async -> Bool {
        let width = limits.current.maxConcurrency
        guard state.withLock({ $0.line.count < Self.lineLimit }) else { return false }
        await withCheckedContinuation { continuation in
            let mayPass = state.withLock { state in
                if width <= 0 || state.inside < width {
                    state.inside += 1
                    return true
                }
                state.line.append(continuation)
                return false
            }
            if mayPass { continuation.resume() }
        }
        return true
    }

    /// Gives the place to whoever waits longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.line.isEmpty else {
                state.inside -= 1
                return nil
            }
            return state.line.removeFirst()
        }
        next?.resume()
    }
}
