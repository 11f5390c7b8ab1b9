import Dispatch
import Glibc

/// Standard input, read as it comes, until its end or until the task is cancelled.
enum StandardInput {
    /// Calls with the lines of each piece that was read.
    static func forEachBatch(_ body: @escaping @Sendable ([BoundedLines.Line]) -> Void) async {
        guard let cancellation = WakeUp() else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Reading may block for ever, which Swift's own threads must not.
                DispatchQueue.global().async {
                    read(until: cancellation, body)
                    continuation.resume()
                }
            }
        } onCancel: {
            cancellation.fire()
        }
    }

    private static func read(
        until cancellation: WakeUp, _ body: ([BoundedLines.Line]) -> Void
    ) {
        var lines = BoundedLines()
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while cancellation.awaitInput(on: STDIN_FILENO) {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            body(lines.append(piece[..<count]))
        }
        if let last = lines.finish() { body([last]) }
    }
}

/// Ends a wait for input.
///
/// A class because it owns the two ends of a pipe.
private final class WakeUp: Sendable {
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
