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

    enum Wait {
        /// There is something to read, be it the end.
        case ready
        case fired
        /// Neither came in time.
        case late
    }

    /// Without a limit it waits for ever.
    func wait(for input: CInt, atMost limit: Duration? = nil) -> Wait {
        var waits = [reading, input].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let milliseconds = limit.map { CInt($0 / .milliseconds(1)) } ?? -1
        var count = poll(&waits, nfds_t(waits.count), milliseconds)
        while count < 0, errno == EINTR {
            count = poll(&waits, nfds_t(waits.count), milliseconds)
        }
        if count == 0 { return .late }
        return count > 0 && waits[0].revents == 0 ? .ready : .fired
    }
}
