import TSDBFormat
import TimeSeries

/// One series in memory: what it is called, its newest sample, and its chunks.
struct HeadSeries: Sendable {
    let ref: UInt64
    let labels: LabelSet
    /// The place of the series that came behind this one last time, in the same request: a guess
    /// for the next time.
    var successor: UInt32 = .max
    /// Milliseconds of the newest sample in order; `Int64.min` before the first.
    private(set) var newestTimestamp = Int64.min
    private(set) var newestBits: UInt64 = 0
    private(set) var newestIsHistogram = false
    /// As the three above were before the batch of this number.
    private var batch: UInt32 = 0
    private var before = Newest(timestamp: .min, bits: 0, isHistogram: false)

    private var floats = XORChunk()
    /// One or none: a box, since most series have none and should stay small.
    private var histograms: [HistogramChunk] = []
    /// Milliseconds of the first sample in the open chunk; `Int64.min` without one.
    private(set) var openedAt = Int64.min
    private(set) var closed: [StoredChunk] = []
    /// Sorted by time, each time once.
    private(set) var outOfOrder: [Sample] = []

    /// The newest sample of a series.
    struct Newest {
        let timestamp: Int64
        let bits: UInt64
        let isHistogram: Bool
    }

    init(ref: UInt64, labels: LabelSet) {
        self.ref = ref
        self.labels = labels
    }

    /// What a batch may compare with: samples of the same batch do not count, for Prometheus
    /// judges a whole request before it stores any of it.
    private mutating func newest(before batch: AppendBatch) -> Newest {
        if self.batch != batch.number {
            self.batch = batch.number
            before = Newest(
                timestamp: newestTimestamp, bits: newestBits, isHistogram: newestIsHistogram)
        }
        return before
    }

    var isEmpty: Bool { newestTimestamp == .min && outOfOrder.isEmpty }
}

extension HeadSeries {
    /// Prometheus' cut (`samplesPerChunk`), which keeps a chunk within what one query decodes.
    static let samplesPerChunk = 120

    /// Stores a float, or says why not.
    mutating func append(
        _ timestamp: Int64, _ value: Double, in batch: AppendBatch
    ) -> Result<Placement, AppendFault> {
        let judged = batch.placement(
            at: timestamp, bits: value.bitPattern, isHistogram: false,
            after: newest(before: batch))
        guard case .success(let placement) = judged, placement != .nothing else { return judged }
        if placement == .inOrder, timestamp > newestTimestamp {
            append(timestamp, value, since: batch.chunkStart(for: timestamp))
            return .success(.inOrder)
        }
        guard batch.takesLate, timestamp != newestTimestamp,
            insertLate(Sample(timestamp: timestamp, value: value))
        else { return .success(.nothing) }
        return .success(.late)
    }

    /// Stores a histogram, or says why not.
    mutating func append(
        _ timestamp: Int64, _ histogram: NativeHistogram, in batch: AppendBatch
    ) -> Result<Placement, AppendFault> {
        let judged = batch.placement(
            at: timestamp, bits: histogram.fingerprint, isHistogram: true,
            after: newest(before: batch))
        guard case .success(let placement) = judged, placement != .nothing else { return judged }
        guard placement == .inOrder, timestamp > newestTimestamp else {
            let isLate = batch.takesLate && timestamp != newestTimestamp
            return isLate ? .failure(.outOfOrder) : .success(.nothing)
        }
        append(timestamp, histogram, since: batch.chunkStart(for: timestamp))
        return .success(.inOrder)
    }

    /// Stores a float behind the newest sample; the caller knows that it is newer.
    ///
    /// A chunk that was begun before `start` ends, so that a block takes whole chunks.
    mutating func append(_ timestamp: Int64, _ value: Double, since start: Int64) {
        if !histograms.isEmpty || floats.count >= Self.samplesPerChunk || openedAt < start {
            closeChunk()
        }
        if floats.count == 0 { openedAt = timestamp }
        floats.append(timestamp: timestamp, value: value)
        newestTimestamp = timestamp
        newestBits = value.bitPattern
        newestIsHistogram = false
    }

    /// Stores a histogram behind the newest sample; the caller knows that it is newer.
    mutating func append(_ timestamp: Int64, _ histogram: NativeHistogram, since start: Int64) {
        if floats.count > 0 || (histograms.first?.count ?? 0) >= Self.samplesPerChunk
            || openedAt < start
        {
            closeChunk()
        }
        if histograms.isEmpty || !histograms[0].append(timestamp: timestamp, histogram) {
            let previous = histograms.first
            closeChunk()
            histograms = [HistogramChunk(first: timestamp, histogram, after: previous)]
            openedAt = timestamp
        }
        newestTimestamp = timestamp
        newestBits = histogram.fingerprint
        newestIsHistogram = true
    }

    /// Stores a float that came late; false when there is one at that time already.
    mutating func insertLate(_ sample: Sample) -> Bool {
        var low = 0
        var high = outOfOrder.count
        while low < high {
            let middle = (low + high) / 2
            if outOfOrder[middle].timestamp < sample.timestamp {
                low = middle + 1
            } else {
                high = middle
            }
        }
        if low < outOfOrder.count, outOfOrder[low].timestamp == sample.timestamp { return false }
        outOfOrder.insert(sample, at: low)
        return true
    }

    private mutating func closeChunk() {
        if let chunk = openChunk { closed.append(chunk) }
        floats = XORChunk()
        histograms = []
        openedAt = .min
    }

    private var openChunk: StoredChunk? {
        if let histograms = histograms.first {
            return StoredChunk(
                minTime: openedAt, maxTime: newestTimestamp, encoding: histograms.encoding,
                payload: histograms.payload)
        }
        guard floats.count > 0 else { return nil }
        return StoredChunk(
            minTime: openedAt, maxTime: newestTimestamp, encoding: .xor, payload: floats.payload)
    }

    /// Late samples count as one chunk.
    var chunkCount: Int {
        closed.count + (openedAt == .min ? 0 : 1) + (outOfOrder.isEmpty ? 0 : 1)
    }

    /// All chunks in order of time, the open one last; late samples are not among them.
    var chunks: [StoredChunk] {
        openChunk.map { closed + [$0] } ?? closed
    }

    /// Forgets what a block now holds: everything before `time` that stood in `written` already.
    ///
    /// What arrived while the block was written becomes late.
    mutating func drop(before time: Int64, written: HeadSeries?) {
        let stragglers = samples(before: time, missingIn: written)
        closed.removeAll { $0.maxTime < time }
        outOfOrder.removeAll { $0.timestamp < time }
        if openedAt != .min, newestTimestamp < time {
            floats = XORChunk()
            histograms = []
            openedAt = .min
        }
        outOfOrder.insert(contentsOf: stragglers, at: 0)
    }

    private func samples(before time: Int64, missingIn written: HeadSeries?) -> [Sample] {
        let late = outOfOrder.prefix { $0.timestamp < time }
        let known = Set(written?.outOfOrder.map(\.timestamp) ?? [])
        var missing = late.filter { !known.contains($0.timestamp) }
        if newestTimestamp != written?.newestTimestamp {
            let end = written?.newestTimestamp ?? .min
            for chunk in chunks where chunk.minTime < time && chunk.maxTime > end {
                missing += chunk.samples.filter { $0.timestamp > end && $0.timestamp < time }
            }
            missing.sort { $0.timestamp < $1.timestamp }
        }
        return missing
    }

    /// Whether anything is left besides the name.
    var holdsSamples: Bool { openedAt != .min || !closed.isEmpty || !outOfOrder.isEmpty }

    /// Milliseconds of the oldest sample; nil when there is none.
    var oldestTimestamp: Int64? {
        let inOrder = closed.first?.minTime ?? (openedAt == .min ? nil : openedAt)
        let late = outOfOrder.first?.timestamp
        guard let inOrder else { return late }
        return late.map { min($0, inOrder) } ?? inOrder
    }
}

extension NativeHistogram {
    /// Equal for equal histograms; what is known about resets does not count (`Equals` in
    /// Prometheus' model/histogram).
    var fingerprint: UInt64 {
        var comparable = self
        comparable.resetHint = .unknown
        return UInt64(truncatingIfNeeded: comparable.hashValue)
    }
}
