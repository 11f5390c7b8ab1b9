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
        while case .ready = cancellation.wait(for: STDIN_FILENO) {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            body(lines.append(piece[..<count]))
        }
        if let last = lines.finish() { body([last]) }
    }
}
