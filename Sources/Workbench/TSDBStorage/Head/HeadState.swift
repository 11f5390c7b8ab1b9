import Glibc
import TSDBFormat
import TimeSeries

/// The samples of one tenant that are not in a block yet.
///
/// A value: whoever reads takes a copy, which costs nothing until the next write.
struct HeadState: Sendable {
    private(set) var series: ContiguousArray<HeadSeries> = []
    /// Since the head was opened, those from the log included.
    private(set) var seriesCreated = 0
    /// The chunks of all series.
    private(set) var chunkCount = 0
    private var table = SeriesTable()
    private var lastRef: UInt64 = 0
    /// Milliseconds of the oldest and newest sample; `Int64`'s `max` and `min` without one.
    private(set) var minTime = Int64.max
    private(set) var maxTime = Int64.min
    /// Where the newest block ends, older samples are not taken any more; `Int64.min` is no moment.
    private(set) var blocksEnd = Int64.min + 1
    private var batch: AppendBatch

    let options: HeadOptions

    init(options: HeadOptions) {
        self.options = options
        batch = AppendBatch(
            number: 0, newest: maxTime, blocksEnd: blocksEnd, options: options)
    }

    /// Begins with the samples of another request.
    mutating func beginBatch() {
        batch = AppendBatch(
            number: batch.number &+ 1, newest: maxTime, blocksEnd: blocksEnd, options: options)
    }
}

/// How a head behaves.
package struct HeadOptions: Sendable {
    /// Milliseconds that one block covers (`--tsdb.min-block-duration`); above 0.
    package var blockRange: Int64
    /// Milliseconds that a sample may come late (`--tsdb.out-of-order.time-window`).
    package var outOfOrderWindow: Int64

    package init(blockRange: Int64 = 7_200_000, outOfOrderWindow: Int64 = 0) {
        self.blockRange = max(blockRange, 1)
        self.outOfOrderWindow = max(outOfOrderWindow, 0)
    }
}

extension HeadState {
    /// The place of a series with these labels, which are in the form of `LabelSet.wire`.
    func find(_ labels: UnsafeRawBufferPointer) -> Int? {
        table.find(XXH64.hash(labels)) { series[$0].labels.wire.holdsSameBytes(as: labels) }
    }

    /// The series that came behind this one when both came last, if it is called as expected.
    ///
    /// An agent sends its series in the same order again and again, so that mostly neither a hash
    /// nor the table is needed.
    func successor(of index: Int, where isCalled: (UnsafeRawBufferPointer) -> Bool) -> Int? {
        let next = Int(series[index].successor)
        guard next < series.count, series[next].labels.wire.withUnsafeBytes(isCalled) else {
            return nil
        }
        return next
    }

    mutating func setSuccessor(of index: Int, to next: Int) {
        series[index].successor = UInt32(truncatingIfNeeded: next)
    }

    /// Adds a series that is not there yet and answers its place.
    mutating func add(_ labels: LabelSet, ref: UInt64? = nil) -> Int {
        reserve(ref: ref ?? lastRef + 1)
        let index = series.count
        series.append(HeadSeries(ref: ref ?? lastRef, labels: labels))
        seriesCreated += 1
        let hash = labels.wire.withUnsafeBytes { XXH64.hash($0) }
        table.insert(index, hash: hash) { index in
            series[index].labels.wire.withUnsafeBytes { XXH64.hash($0) }
        }
        return index
    }

    /// Keeps a reference from being given again: the log knows it.
    mutating func reserve(ref: UInt64) {
        lastRef = max(lastRef, ref)
    }

    func ref(of index: Int) -> UInt64 { series[index].ref }
}

extension HeadState {
    /// Stores a float, or says why not (`Commit` in tsdb/head_append.go).
    mutating func append(
        _ timestamp: Int64, _ value: Double, to index: Int
    ) -> Result<Placement, AppendFault> {
        let result = series[index].append(timestamp, value, in: batch)
        switch result {
        case .success(.inOrder): extend(to: timestamp, in: index)
        case .success(.late): extendLate(to: timestamp, in: index)
        case .success(.nothing), .failure: break
        }
        return result
    }

    /// Stores a histogram, or says why not; late histograms are not taken.
    mutating func append(
        _ timestamp: Int64, _ histogram: NativeHistogram, to index: Int
    ) -> Result<Placement, AppendFault> {
        let result = series[index].append(timestamp, histogram, in: batch)
        if case .success(.inOrder) = result { extend(to: timestamp, in: index) }
        return result
    }

    /// Takes notice of a sample that has just been put in order.
    private mutating func extend(to timestamp: Int64, in index: Int) {
        if timestamp < minTime { minTime = timestamp }
        if timestamp > maxTime { maxTime = timestamp }
        if series[index].openedAt == timestamp { chunkCount += 1 }
    }

    /// Takes notice of a late sample that has just been stored.
    private mutating func extendLate(to timestamp: Int64, in index: Int) {
        minTime = min(minTime, timestamp)
        if series[index].outOfOrder.count == 1 { chunkCount += 1 }
    }
}

extension HeadState {
    /// Takes a sample back from the log, which holds only what was stored once.
    mutating func restore(_ sample: Sample, to index: Int) {
        guard sample.timestamp >= blocksEnd else {
            // With a window open it may have come after its block was cut.
            if options.outOfOrderWindow > 0 { restoreLate(sample, to: index) }
            return
        }
        if sample.timestamp > series[index].newestTimestamp {
            series[index].append(
                sample.timestamp, sample.value, since: batch.chunkStart(for: sample.timestamp))
            extend(to: sample.timestamp, in: index)
        }
    }

    /// Takes a histogram back from the log.
    mutating func restore(_ timestamp: Int64, _ histogram: NativeHistogram, to index: Int) {
        guard timestamp >= blocksEnd, timestamp > series[index].newestTimestamp else { return }
        series[index].append(timestamp, histogram, since: batch.chunkStart(for: timestamp))
        extend(to: timestamp, in: index)
    }

    /// Takes a late sample back from the log of late samples.
    mutating func restoreLate(_ sample: Sample, to index: Int) {
        if series[index].insertLate(sample) { extendLate(to: sample.timestamp, in: index) }
    }

    /// Sets where blocks end, before the log is read back.
    mutating func startBehindBlocks(endingAt time: Int64) {
        blocksEnd = max(blocksEnd, time)
        beginBatch()
    }

    /// Whether the head spans so much that a block is to be cut (`compactable` in tsdb/head.go).
    var isCompactable: Bool {
        let (span, overflow) = maxTime.subtractingReportingOverflow(minTime)
        return minTime < maxTime && (overflow || span - options.blockRange > options.blockRange / 2)
    }

    /// Ends the oldest range, or what there is of it, and answers where; nil without samples.
    ///
    /// What comes from now on is put in order only behind it: so the block that is cut next has all
    /// there will be, and what comes meanwhile is late or refused.
    mutating func endOldestRange() -> Int64? {
        guard let oldest = series.lazy.compactMap(\.oldestTimestamp).min() else { return nil }
        let rangeEnd = BlockRange.end(of: oldest, range: options.blockRange)
        let end = maxTime < rangeEnd ? maxTime + 1 : rangeEnd
        blocksEnd = max(blocksEnd, end)
        return end
    }

    /// Forgets what is older than `time`, and series that are left without samples.
    ///
    /// A block holds it now, made from `written`, which is this head as it was some writes ago.
    mutating func truncate(before time: Int64, written: HeadState) {
        blocksEnd = max(blocksEnd, time)
        var kept: ContiguousArray<HeadSeries> = []
        minTime = .max
        chunkCount = 0
        for (index, var series) in series.enumerated() {
            let isKnown = index < written.series.count
            series.drop(before: time, written: isKnown ? written.series[index] : nil)
            guard series.holdsSamples, let oldest = series.oldestTimestamp else { continue }
            minTime = min(minTime, oldest)
            chunkCount += series.chunkCount
            kept.append(series)
        }
        series = kept
        table = SeriesTable(capacity: kept.count)
        for index in series.indices {
            let hash = series[index].labels.wire.withUnsafeBytes { XXH64.hash($0) }
            table.insert(index, hash: hash) { index in
                series[index].labels.wire.withUnsafeBytes { XXH64.hash($0) }
            }
        }
    }
}

extension [UInt8] {
    /// As `elementsEqual`, many bytes at a time.
    fileprivate func holdsSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let theirs = other.baseAddress else {
            return isEmpty && other.isEmpty
        }
        return withUnsafeBytes {
            $0.baseAddress.map { memcmp($0, theirs, other.count) == 0 } ?? false
        }
    }
}
