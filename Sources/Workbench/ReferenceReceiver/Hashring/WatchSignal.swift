import Glibc

/// What a watching thread is told from outside: that it is time to look, or to end.
///
/// A class because it owns the two ends of a pipe.
final class WatchSignal: Sendable {
    private enum Message: UInt8 {
        case tick, stop
    }

    /// Why a wait ended.
    enum Event {
        /// Something can be read from the descriptor that was waited for.
        case readable
        /// The interval is over, or somebody ticked.
        case tick
        case stop
    }

    private let reading: CInt
    private let writing: CInt

    /// Nil when the system has no descriptor left.
    init?() {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Makes the thread look now, as if its interval were over.
    func tick() { send(.tick) }

    func stop() { send(.stop) }

    private func send(_ message: Message) {
        var byte = message.rawValue
        _ = write(writing, &byte, 1)
    }

    /// Waits for a descriptor, or nil for none, until the deadline, or nil for ever.
    func next(
        watching descriptor: CInt?, until deadline: ContinuousClock.Instant?
    ) -> Event {
        var waits = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
        if let descriptor {
            waits.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        while true {
            let count = poll(&waits, nfds_t(waits.count), Self.milliseconds(until: deadline))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .stop }
            if waits[0].revents != 0, let message = receive() {
                return message == .stop ? .stop : .tick
            }
            if waits.count > 1, waits[1].revents != 0 { return .readable }
            if let deadline, ContinuousClock.now >= deadline { return .tick }
        }
    }

    private func receive() -> Message? {
        var byte: UInt8 = 0
        guard read(reading, &byte, 1) == 1 else { return nil }
        return Message(rawValue: byte)
    }

    /// -1 for ever; at most a day, after which the wait goes on.
    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> CInt {
        guard let deadline else { return -1 }
        let left = deadline - ContinuousClock.now
        guard left > .zero else { return 0 }
        guard left < .seconds(86_400) else { return 86_400_000 }
        return CInt(left / .milliseconds(1)) + 1
    }
}
