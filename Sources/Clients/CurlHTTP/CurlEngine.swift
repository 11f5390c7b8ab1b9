import CCurl
import Glibc
import Synchronization

/// The thread that owns the `curl_multi` handle, and the mailbox through which others reach it.
final class CurlEngine: Sendable {
    typealias Outcome = Result<HTTPResponse, TransportFailure>
    typealias Continuation = CheckedContinuation<Outcome, Never>

    /// One submitted transfer.
    ///
    /// `transfer` is not Sendable: it is built by the submitter, handed over in `submit`, and from
    /// then on touched by the engine's thread only.
    final class Ticket: @unchecked Sendable {
        let transfer: CurlTransfer
        let deadline: ContinuousClock.Instant
        /// Set before the mailbox is told, so that a cancellation may overtake the submission.
        let isCancelled = Mutex(false)

        init(_ transfer: CurlTransfer) {
            self.transfer = transfer
            deadline = .now + transfer.request.timeouts.total
        }
    }

    private struct Mailbox {
        var submitted: [(Ticket, Continuation)] = []
        var cancelled: [Ticket] = []
        var isStopping = false
        var hasThread = false
        /// The multi handle, to wake the thread; zero while there is none.
        ///
        /// A number, because pointers are not Sendable; `curl_multi_wakeup` is the one function
        /// of libcurl that other threads may call, and the mailbox's lock keeps it from meeting
        /// `curl_multi_cleanup`.
        var multi: UInt = 0
    }

    private let mailbox = Mutex(Mailbox())
    let concurrency: Int

    init(concurrency: Int) { self.concurrency = concurrency }

    func submit(_ ticket: Ticket, _ continuation: Continuation) {
        let needsThread = mailbox.withLock { box in
            box.submitted.append((ticket, continuation))
            wake(&box)
            defer { box.hasThread = true }
            return !box.hasThread
        }
        guard needsThread, !startThread() else { return }
        failEverything("no thread could be started for network transfers")
    }

    /// Takes effect whether the ticket was submitted already or is still on its way.
    func cancel(_ ticket: Ticket) {
        ticket.isCancelled.withLock { $0 = true }
        mailbox.withLock { box in
            box.cancelled.append(ticket)
            wake(&box)
        }
    }

    func stop() {
        mailbox.withLock { box in
            box.isStopping = true
            wake(&box)
        }
    }

    private func wake(_ box: inout Mailbox) {
        if let multi = UnsafeMutableRawPointer(bitPattern: box.multi) {
            _ = curl_multi_wakeup(multi)
        }
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<CurlEngine>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        guard let loop = CurlLoop(concurrency: concurrency) else {
            failEverything("libcurl could not be initialised")
            return
        }
        mailbox.withLock { $0.multi = UInt(bitPattern: loop.multi) }
        while true {
            let mail = mailbox.withLock { box in
                defer {
                    box.submitted = []
                    box.cancelled = []
                }
                return (box.submitted, box.cancelled, box.isStopping)
            }
            loop.accept(mail.0)
            loop.cancel(mail.1)
            if mail.2 { break }
            loop.turn()
        }
        mailbox.withLock { $0.multi = 0 }
        loop.close()
    }

    private func failEverything(_ message: String) {
        let waiting = mailbox.withLock { box in
            defer { box.submitted = [] }
            box.hasThread = false
            return box.submitted
        }
        for (_, continuation) in waiting {
            continuation.resume(returning: .failure(TransportFailure(.other(code: 0), message)))
        }
    }
}
