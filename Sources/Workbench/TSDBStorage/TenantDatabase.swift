import Dispatch
package import LabelMatching
import Synchronization
import TSDBFormat
package import TimeSeries

/// The samples of one tenant: a head in memory with its logs, and blocks on disk.
///
/// ```
/// <folder>/wal/00000000 …  what the head holds, in Prometheus' format
///          wbl/00000000 …  samples that came late
///          <ULID>/         a block
/// ```
/// A class because it owns files and threads of control meet in it.
package final class TenantDatabase: Sendable {
    package let tenant: String
    package let folder: String
    private let options: DatabaseOptions
    private let head: Mutex<HeadWriter>
    private let lane = WriteLane()
    private let log: WriteAheadLog
    private let lateLog: WriteAheadLog
    private let blocks: Mutex<BlockSet>
    /// Held while a block is cut: one after the other.
    private let maintenance = Mutex(())
    private let observe: @Sendable (StorageEvent) -> Void

    /// What a caller waits for before it says that samples are stored.
    package struct Commit: Sendable {
        let position: LogPosition
        let latePosition: LogPosition?
    }

    /// Opens the folder, which is made if need be, and reads its logs back.
    init(
        tenant: String, folder: String, options: DatabaseOptions, queue: DispatchQueue,
        observe: @escaping @Sendable (StorageEvent) -> Void
    ) throws(StorageError) {
        self.tenant = tenant
        self.folder = folder
        self.options = options
        self.observe = observe
        try Files.makeFolder(folder)
        let blocks = try BlockSet(folder: folder)
        var state = HeadState(options: options.head)
        state.startBehindBlocks(endingAt: blocks.newestEnd)
        var recovery = LogRecovery(state: state) { observe(.repaired(tenant: tenant, error: $0)) }
        let next = try recovery.readLog(in: folder + "/wal")
        log = WriteAheadLog(
            segments: LogSegments(folder: folder + "/wal", next: next), syncs: options.syncsLog,
            queue: queue)
        let nextLate = try recovery.readLateLog(in: folder + "/wbl")
        lateLog = WriteAheadLog(
            segments: LogSegments(folder: folder + "/wbl", next: nextLate), syncs: options.syncsLog,
            queue: queue)
        self.blocks = Mutex(blocks)
        head = Mutex(HeadWriter(state: recovery.state))
        if takesLate { try lateLog.begin() }
    }

    private var takesLate: Bool { options.head.outOfOrderWindow > 0 }

    /// Whether the disk keeps up; when it does not, a write had better be refused.
    package var hasRoom: Bool { log.hasRoom && lateLog.hasRoom }

    /// Stores samples in memory and passes them on to the log, which `durable` waits for.
    package func write<Answer: Sendable>(
        _ body: @Sendable (inout HeadWriter) -> Answer
    ) async -> (answer: Answer, commit: Commit) {
        await lane.run {
            head.withLock { head in
                head.begin()
                let answer = body(&head)
                let records = head.takeRecords()
                // Under the head's lock, so that the log has the head's order. A request that
                // brought nothing new still waits for those before it: it may repeat one that is
                // not safe yet.
                return (
                    answer,
                    Commit(
                        position: log.add(records.main),
                        latePosition: takesLate ? lateLog.add(records.late) : nil)
                )
            }
        }
    }

    /// Waits until what was written would survive a crash.
    package func durable(_ commit: Commit) async throws(StorageError) {
        try await log.durable(commit.position)
        if let position = commit.latePosition { try await lateLog.durable(position) }
    }
}

extension TenantDatabase {
    /// Cuts a block when the head spans more than one and a half of them, then deletes blocks that
    /// are past retention.
    func maintain() {
        attempt { () throws(StorageError) in
            while snapshot.isCompactable, try cutBlock() {}
            try blocks.withLock { blocks throws(StorageError) in
                let deleted = try blocks.deleteExpired(options)
                for ulid in deleted { observe(.deletedBlock(tenant: tenant, ulid: ulid)) }
            }
        }
    }

    /// Cuts all samples into blocks, so that nothing is left to be uploaded.
    package func flush() {
        attempt { () throws(StorageError) in
            while try cutBlock() {}
        }
    }

    func close() {
        flush()
        attempt { () throws(StorageError) in
            try log.close()
            try lateLog.close()
        }
    }

    private func attempt(_ work: () throws(StorageError) -> Void) {
        do throws(StorageError) {
            try maintenance.withLock { _ throws(StorageError) in try work() }
        } catch {
            observe(.maintenanceFailed(tenant: tenant, error: error.message))
        }
    }

    private var snapshot: HeadState { head.withLock { $0.state } }

    /// Writes a block from the oldest sample to the end of its range, then forgets what is in it.
    ///
    /// False when there is nothing that a block can hold: at the last moment there is no end.
    private func cutBlock() throws(StorageError) -> Bool {
        let (state, end) = head.withLock { head in
            let end = head.state.endOldestRange()
            return (head.state, end)
        }
        guard let end else { return false }
        let series = state.blockSeries(before: end)
        guard !series.isEmpty else { return false }
        let meta = try BlockWriter(folder: folder).write(series, end: end)
        try blocks.withLock { blocks throws(StorageError) in try blocks.add(meta) }
        observe(
            .cutBlock(
                tenant: tenant, ulid: meta.ulid.description, minTime: meta.minTime,
                maxTime: meta.maxTime))
        head.withLock { $0.state.truncate(before: end, written: state) }
        try checkpoint()
        return true
    }

    /// Shortens the logs to what the head still holds.
    ///
    /// First the segments are closed, then the head is looked at: it holds all that is in them. The
    /// log of late samples goes first, so that it never refers to a series that the other forgot.
    private func checkpoint() throws(StorageError) {
        let last = try log.roll()
        let lateLast = try takesLate || Files.exists(folder + "/wbl") ? lateLog.roll() : nil
        let checkpoint = Checkpoint(state: snapshot)
        if let lateLast {
            try lateLog.addAndSync(checkpoint.lateRecords)
            try LogSegments.removeSegments(through: lateLast, in: folder + "/wbl")
        }
        try checkpoint.write(in: folder + "/wal", through: last)
    }
}

extension TenantDatabase {
    /// How many series are in memory.
    package var seriesCount: Int { head.withLock { $0.state.series.count } }

    /// All figures, for which the folder of the log is looked at.
    package var headStatistics: HeadStatistics {
        var statistics = head.withLock { HeadStatistics($0) }
        statistics.blocks = blocks.withLock { $0.blocks.count }
        statistics.logBytes = Files.treeSize(folder + "/wal")
        return statistics
    }

    /// Milliseconds of the oldest and newest sample of head and blocks; nil when there is none.
    package var timeRange: (minTime: Int64, maxTime: Int64)? {
        let (minTime, maxTime) = head.withLock { ($0.state.minTime, $0.state.maxTime) }
        let metas = blocks.withLock { $0.blocks.map(\.meta) }
        let oldest = min(minTime, metas.map(\.minTime).min() ?? .max)
        guard oldest < .max else { return nil }
        return (oldest, max(maxTime, (metas.map(\.maxTime).max() ?? .min + 1) - 1))
    }

    /// Shows the labels of every series in memory.
    package func forEachHeadSeries(_ body: (LabelSet) -> Void) {
        for series in snapshot.series { body(series.labels) }
    }
}

extension TenantDatabase {
    /// The series that all matchers accept, with the chunks that touch a span of time, sorted by
    /// labels; milliseconds, both ends in it.
    package func series(
        matching matchers: [LabelMatcher], from: Int64, through: Int64
    ) throws(StorageError) -> [ChunkedSeries] {
        // The head first: what leaves it is in a block by then.
        var found = snapshot.series(matching: matchers, from: from, through: through)
        let blocks = blocks.withLock { $0 }
        for block in blocks.overlapping(from: from, through: through) {
            found += try block.series(matching: matchers, from: from, through: through)
        }
        return ChunkedSeries.merged(found)
    }
}
