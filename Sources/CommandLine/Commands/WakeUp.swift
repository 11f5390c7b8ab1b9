import Glibc

/// Ends a wait for input.
///
/// A class because it owns the two ends of a pipe.
final class WakeUp: Sendable {
    private let reading: CInt
    private let writing: CInt

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

    func fire() {
        var byte: UInt8 = 0
        // A full pipe has woken it already.
        _ = write(writing, &byte, 1)
    }

    /// Whether there is something to read, be it the end, before it fires.
    func awaitInput(on input: CInt) -> Bool {
        var waits = [reading, input].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&waits, nfds_t(waits.count), -1) < 0 {
            guard errno == EINTR else { return false }
        }
        return waits[0].revents == 0
    }
}
