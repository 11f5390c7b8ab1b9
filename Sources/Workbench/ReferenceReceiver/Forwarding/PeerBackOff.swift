/// How long a peer that was unavailable is left alone (`peerGroup` in pkg/receive/handler.go).
struct PeerBackOff: Hashable, Sendable {
    /// What the first wait lasts, and every other at least.
    static let shortest = Duration.milliseconds(100)

    /// The greatest wait (`--receive-forward-max-backoff`).
    let longest: Duration
    private var failures = 0
    private var end = Duration.zero

    init(longest: Duration) {
        self.longest = longest
    }

    /// The peer was unavailable; `now` counts from any fixed moment, `jitter` is from 0 to 1.
    mutating func failed(at now: Duration, jitter: Double) {
        end = now + Self.wait(after: failures, longest: longest, jitter: jitter)
        failures += 1
    }

    func allowsCall(at now: Duration) -> Bool { failures == 0 || now > end }

    /// Anything from the shortest wait to that one doubled with every failure before, as the jitter
    /// says, but never more than the longest (`Backoff.ForAttempt` in jpillora/backoff).
    static func wait(after failures: Int, longest: Duration, jitter: Double) -> Duration {
        // 2^60 tenths of a second are far beyond any limit, and still a Duration.
        let doubled = shortest * (1 << min(failures, 60))
        return min(shortest + (doubled - shortest) * jitter, longest)
    }
}
