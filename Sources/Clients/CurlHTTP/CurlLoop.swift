import CCurl
import Glibc
import Synchronization

/// What the engine's thread does: admits, drives and finishes transfers; lives on that thread.
final class CurlLoop {
    private typealias Entry = (ticket: CurlEngine.Ticket, continuation: CurlEngine.Continuation)

    let multi: UnsafeMutableRawPointer
    private let concurrency: Int
    private var waiting: [Entry] = []
    private var active: [UnsafeMutableRawPointer: Entry] = [:]

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?(concurrency: Int) {
        guard Self.isReady, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.concurrency = concurrency
    }

    func accept(_ submitted: [(CurlEngine.Ticket, CurlEngine.Continuation)]) {
        for (ticket, continuation) in submitted {
            if ticket.isCancelled.withLock({ $0 }) {
                continuation.resume(returning: .failure(.cancelled))
            } else {
                waiting.append((ticket, continuation))
            }
        }
    }

    /// Tickets that are finished already are not found, and nothing happens.
    func cancel(_ tickets: [CurlEngine.Ticket]) {
        for ticket in tickets {
            if let index = waiting.firstIndex(where: { $0.ticket === ticket }) {
                waiting.remove(at: index).continuation.resume(returning: .failure(.cancelled))
            } else if let found = active.first(where: { $0.value.ticket === ticket }) {
                finish(found.key) { _ in .failure(.cancelled) }
            }
        }
    }

    /// One round: start what fits, let curl work, hand out what is done, sleep until there is more.
    func turn() {
        expireWaiting()
        while active.count < concurrency, !waiting.isEmpty { start(waiting.removeFirst()) }
        var running: Int32 = 0
        _ = curl_multi_perform(multi, &running)
        collectFinished()
        // Woken by sockets, by curl's own timers and by the mailbox; the bound only covers
        // requests that wait for a place.
        let pause: Int32 = waiting.isEmpty ? 60_000 : 100
        let mayStartMore = active.count < concurrency && !waiting.isEmpty
        if !mayStartMore { _ = curl_multi_poll(multi, nil, 0, pause, nil) }
    }

    private func expireWaiting() {
        guard !waiting.isEmpty else { return }
        let now = ContinuousClock.now
        let late = waiting.filter { $0.ticket.deadline <= now }
        guard !late.isEmpty else { return }
        waiting.removeAll { $0.ticket.deadline <= now }
        for entry in late {
            let limit = entry.ticket.transfer.request.timeouts.total
            entry.continuation.resume(
                returning: .failure(
                    TransportFailure(
                        .timedOut(after: .start),
                        "no free connection within \(limit.inWords), too many requests at once")))
        }
    }

    private func start(_ entry: Entry) {
        guard let easy = curl_easy_init() else {
            entry.continuation.resume(
                returning: .failure(TransportFailure(.other(code: 2), "libcurl is out of memory")))
            return
        }
        let transfer = entry.ticket.transfer
        let code = transfer.configure(easy, remaining: entry.ticket.deadline - .now)
        guard code == CURLE_OK, curl_multi_add_handle(multi, easy) == CURLM_OK else {
            let failure = transfer.failure(code == CURLE_OK ? CURLE_FAILED_INIT : code, easy)
            transfer.release()
            curl_easy_cleanup(easy)
            entry.continuation.resume(returning: .failure(failure))
            return
        }
        active[easy] = entry
    }

    private func collectFinished() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            let code = message.pointee.data.result
            finish(easy) { $0.outcome(code, easy) }
        }
    }

    private func finish(
        _ easy: UnsafeMutableRawPointer, _ outcome: (CurlTransfer) -> CurlEngine.Outcome
    ) {
        guard let entry = active.removeValue(forKey: easy) else { return }
        let result = outcome(entry.ticket.transfer)
        curl_multi_remove_handle(multi, easy)
        curl_easy_cleanup(easy)
        entry.ticket.transfer.release()
        entry.continuation.resume(returning: result)
    }

    /// Ends what is under way; the client that owned it is gone.
    func close() {
        for easy in active.keys { finish(easy) { _ in .failure(.cancelled) } }
        for entry in waiting { entry.continuation.resume(returning: .failure(.cancelled)) }
        waiting = []
        curl_multi_cleanup(multi)
    }
}

extension TransportFailure {
    static let cancelled = TransportFailure(.cancelled, "the request was cancelled")
}
