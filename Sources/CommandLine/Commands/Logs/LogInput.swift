import Dispatch
import Glibc
import LogSignatures

/// The logs that were named, read one after the other.
struct LogInput: Sendable {
    private let files: [String]

    init(_ files: [String]) { self.files = files }

    /// What they say, or when the task is cancelled what the part that was read says.
    func tally() async -> LogTally {
        guard let cancellation = WakeUp() else { return LogTally() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Reading may block for ever, which Swift's own threads must not.
                DispatchQueue.global().async { continuation.resume(returning: read(cancellation)) }
            }
        } onCancel: {
            cancellation.fire()
        }
    }

    private func read(_ cancellation: WakeUp) -> LogTally {
        var scanner = LogScanner()
        for file in files {
            scanner.begin(file == "-" ? "<stdin>" : file)
            let descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            while cancellation.awaitInput(on: descriptor) {
                let count = scanner.fill { Glibc.read(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                guard count > 0 else { break }
            }
            if descriptor != STDIN_FILENO { close(descriptor) }
        }
        scanner.finish()
        return scanner.tally
    }
}
