import Dispatch
import Synchronization

/// A point in a log: everything that was added before it.
package struct LogPosition: Comparable, Sendable {
    let number: UInt64

    package static func < (left: LogPosition, right: LogPosition) -> Bool {
        left.number < right.number
    }
}

/// The log of one tenant: records are added in the order of the head, and made durable together.
///
/// Whoever adds waits for `durable`; while one flush waits for the disk, others gather behind it.
/// What could not be written stays first in line, so that nothing added later counts as durable
/// before it. A class because requests, flushes and checkpoints share it.
final class WriteAheadLog: Sendable {
    /// Bytes that may wait for a disk that does not take them.
    private static let backlogLimit = 64 << 20

    private struct Pending {
        var records: [[UInt8]] = []
        var bytes = 0
        var added: UInt64 = 0
        var durable: UInt64 = 0
        var failure: StorageError?
        var isFlushing = false
        var waiting: [Waiting] = []
    }

    private struct Waiting {
        let position: UInt64
        let continuation: CheckedContinuation<Result<Void, StorageError>, Never>
    }

    private let pending = Mutex(Pending())
    private let segments: Mutex<LogSegments>
    private let queue: DispatchQueue
    private let syncs: Bool

    /// `queue` is serial; flushes of all tenants may share it.
    init(segments: consuming LogSegments, syncs: Bool, queue: DispatchQueue) {
        self.segments = Mutex(segments)
        self.syncs = syncs
        self.queue = queue
    }

    /// Adds records behind all others; they are written soon.
    func add(_ records: [[UInt8]]) -> LogPosition {
        let (position, starts) = pending.withLock { pending in
            pending.records += records
            pending.bytes += records.reduce(0) { $0 + $1.count }
            pending.added += 1
            let starts = !pending.isFlushing
            pending.isFlushing = true
            return (LogPosition(number: pending.added), starts)
        }
        if starts { queue.async { self.flush() } }
        return position
    }

    /// Whether more may be added; false while the disk takes nothing and much waits for it.
    var hasRoom: Bool { pending.withLock { $0.bytes < Self.backlogLimit } }

    /// Waits until the position would survive a crash, or its flush has failed.
    func durable(_ position: LogPosition) async throws(StorageError) {
        let result = await withCheckedContinuation { continuation in
            let known: Result<Void, StorageError>? = pending.withLock { pending in
                if pending.durable >= position.number { return .success(()) }
                if !pending.isFlushing, let failure = pending.failure { return .failure(failure) }
                pending.waiting.append(
                    Waiting(position: position.number, continuation: continuation))
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
        try result.get()
    }

    /// Writes what waits until nothing does, or the disk refuses.
    private func flush() {
        while true {
            let (records, position) = pending.withLock { pending in
                defer {
                    pending.records = []
                    pending.bytes = 0
                }
                return (pending.records, pending.added)
            }
            let result = segments.withLock { segments -> Result<Void, StorageError> in
                Result { () throws(StorageError) in
                    try segments.append(records, syncs: syncs)
                }
            }
            guard settle(result, records, upTo: position) else { return }
        }
    }

    /// Tells who waits, and whether there is more to write.
    private func settle(
        _ result: Result<Void, StorageError>, _ records: [[UInt8]], upTo position: UInt64
    ) -> Bool {
        let (told, goesOn) = pending.withLock { pending in
            switch result {
            case .success:
                pending.durable = position
                pending.failure = nil
            case .failure(let error):
                pending.records.insert(contentsOf: records, at: 0)
                pending.bytes += records.reduce(0) { $0 + $1.count }
                pending.failure = error
            }
            let told = pending.waiting.filter { $0.position <= position }
            pending.waiting.removeAll { $0.position <= position }
            // After a failure the next addition tries again.
            let goesOn = pending.added > position
            pending.isFlushing = goesOn
            return (told, goesOn)
        }
        for waiting in told { waiting.continuation.resume(returning: result) }
        return goesOn
    }

    /// Writes records at once, on the caller's thread.
    func addAndSync(_ records: [[UInt8]]) throws(StorageError) {
        try withSegments { segments throws(StorageError) in
            try segments.append(records, syncs: syncs)
        }
    }

    /// Makes the log's first segment, if there is none open.
    func begin() throws(StorageError) {
        try withSegments { segments throws(StorageError) in try segments.begin() }
    }

    func close() throws(StorageError) {
        try withSegments { segments throws(StorageError) in try segments.close() }
    }

    /// Ends the open segment and answers its number.
    func roll() throws(StorageError) -> Int {
        try withSegments { segments throws(StorageError) in try segments.roll() }
    }

    /// Runs `body` while nothing is written.
    func withSegments<Answer, Failure: Error>(
        _ body: (inout LogSegments) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try segments.withLock { segments throws(Failure) in try body(&segments) }
    }
}
