import Glibc
import Synchronization

/// The process' streams: the report on stdout, everything else on stderr.
final class Console: Sendable {
    private let progressLine = Mutex<Bool>(false)
    let showsProgress: Bool

    init() {
        showsProgress = isatty(STDERR_FILENO) == 1 && getenv("CI") == nil
    }

    /// Part of the report.
    func report(_ text: String) {
        clearProgress()
        write(text, to: STDOUT_FILENO)
    }

    /// A line about the run.
    func note(_ text: String) {
        clearProgress()
        write(text + "\n", to: STDERR_FILENO)
    }

    /// One redrawn line, on a terminal only.
    func progress(_ text: String) {
        guard showsProgress else { return }
        progressLine.withLock { isShown in
            isShown = true
            write("\r\u{1B}[K\(text.prefix(78))", to: STDERR_FILENO)
        }
    }

    func finish() { clearProgress() }

    private func clearProgress() {
        guard showsProgress else { return }
        progressLine.withLock { isShown in
            if isShown { write("\r\u{1B}[K", to: STDERR_FILENO) }
            isShown = false
        }
    }

    private func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // The reader is gone: there is nobody to tell.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
