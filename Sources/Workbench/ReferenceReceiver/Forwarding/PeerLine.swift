/// The jobs of one peer: those that wait, and how many workers there are for them.
struct PeerLine: Sendable {
    /// Bounds of one line, so that a peer that hangs does not take all memory.
    struct Limits: Hashable, Sendable {
        /// Calls at a time (`--receive.forward.async-workers`).
        var workers = 5
        /// Jobs that wait.
        var jobs = 1000
        /// Bytes of messages, waiting or on their way; one message alone may be larger.
        var bytes = 64 << 20
    }

    struct Entry: Sendable {
        let job: ForwardJob
        let since: Duration
    }

    private var waiting: [Entry] = []
    private var workers = 0
    private var bytes = 0

    /// Takes a job in; nil when there is no room, else whether one more worker should start.
    mutating func append(_ entry: Entry, limits: Limits) -> Bool? {
        let size = entry.job.message.count
        guard waiting.count < limits.jobs, bytes == 0 || size <= limits.bytes - bytes else {
            return nil
        }
        waiting.append(entry)
        bytes += size
        guard workers < limits.workers else { return false }
        workers += 1
        return true
    }

    /// The next job for a worker; with nil it ends.
    mutating func next() -> Entry? {
        guard !waiting.isEmpty else {
            workers -= 1
            return nil
        }
        return waiting.removeFirst()
    }

    /// A job that `next` gave is done.
    mutating func finished(_ job: ForwardJob) {
        bytes -= job.message.count
    }

    /// Gives up what waits.
    mutating func removeAll() -> [ForwardJob] {
        defer { waiting = [] }
        for entry in waiting { finished(entry.job) }
        return waiting.map(\.job)
    }

    var isIdle: Bool { waiting.isEmpty && workers == 0 }
}
