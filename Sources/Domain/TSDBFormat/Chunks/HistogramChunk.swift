package import TimeSeries

/// The native histograms of one series over some time, as it grows; all have one layout
/// (Prometheus' tsdb/chunkenc/histogram.go and float_histogram.go).
///
///     be16 count │ u8 resets │ layout │ t₀, counts₀, sum₀, buckets₀ │ the same as differences │ …
package struct HistogramChunk: Sendable {
    private var bits = BitWriter()
    private var written: UInt16 = 1
    private let resets: ResetHeader
    private let layout: HistogramLayout
    private var timestamp: Int64
    private var delta: Int64 = 0
    private var history: History

    private enum History: Sendable {
        case integer(IntegerHistory)
        case float(FloatHistory)
    }

    /// What is known about a chunk's counts: the top two bits of the third byte
    /// (`CounterResetHeader`).
    enum ResetHeader: UInt8, Sendable {
        case unknown = 0x00
        case notReset = 0x40
        case reset = 0x80
        case gauge = 0xC0

        init(byte: UInt8) {
            self = Self(rawValue: byte & 0xC0) ?? .unknown
        }
    }

    /// Starts a chunk; milliseconds.
    ///
    /// The buckets have to be as many as the spans say. `previous` is the chunk that the series had
    /// up to here; with it readers learn whether the counts began anew.
    package init(
        first timestamp: Int64, _ histogram: NativeHistogram, after previous: HistogramChunk? = nil
    ) {
        let histogram = histogram.isStaleMarker ? histogram.emptied : histogram
        resets = Self.header(of: histogram, after: previous)
        layout = histogram.layout
        self.timestamp = timestamp
        layout.write(to: &bits)
        bits.writeVarbit(timestamp)
        switch histogram.counts {
        case .integer(let counts):
            history = .integer(IntegerHistory(counts, sum: histogram.sum, to: &bits))
        case .float(let counts):
            history = .float(FloatHistory(counts, sum: histogram.sum, to: &bits))
        }
    }

    package var count: Int { Int(written) }

    /// Bytes of the payload so far.
    package var byteCount: Int { 3 + bits.byteCount }

    package var encoding: ChunkEncoding {
        switch history {
        case .integer: .histogram
        case .float: .floatHistogram
        }
    }

    /// The chunk as it is stored, without its frame.
    package var payload: [UInt8] {
        bits.bytes(after: [
            UInt8(written >> 8), UInt8(truncatingIfNeeded: written), resets.rawValue,
        ])
    }
}

extension HistogramChunk {
    /// Appends a histogram; milliseconds.
    ///
    /// False, and nothing is written, where the chunk cannot continue with it: another layout or
    /// kind, counts that began anew, or no room. Complexity: linear in the buckets.
    package mutating func append(timestamp: Int64, _ histogram: NativeHistogram) -> Bool {
        guard written < UInt16.max, continues(with: histogram) else { return false }
        let delta = timestamp &- self.timestamp
        bits.writeVarbit(delta &- self.delta)
        self.delta = delta
        self.timestamp = timestamp
        write(histogram)
        written += 1
        return true
    }

    private mutating func write(_ next: NativeHistogram) {
        switch (history, next.counts) {
        case (.integer(var history), .integer(let counts)):
            history.write(counts, sum: next.sum, to: &bits)
            self.history = .integer(history)
        case (.float(var history), .float(let counts)):
            history.write(counts, sum: next.sum, to: &bits)
            self.history = .float(history)
        case (.integer, .float), (.float, .integer): break
        }
    }

    /// `appendable` in Prometheus' histogram.go, without its changes of layout within a chunk.
    private func continues(with next: NativeHistogram) -> Bool {
        guard (next.resetHint == .gauge) == (resets == .gauge) else { return false }
        switch relation(to: next) {
        case .continued: return next.resetHint != .reset
        case .reset: return resets == .gauge
        case .other: return false
        }
    }

    /// How the next histogram stands to the last one.
    private enum Relation {
        /// It may follow in the same chunk.
        case continued
        /// It has the same buckets, and less in one of them.
        case reset
        /// It cannot be compared.
        case other
    }

    private func relation(to next: NativeHistogram) -> Relation {
        let last: XORValue
        let hasRoom: Bool
        let isReset: Bool
        switch (history, next.counts) {
        case (.integer(let history), .integer(let counts)):
            last = history.sum
            hasRoom = history.hasRoom(for: counts)
            isReset = history.isReset(by: counts)
        case (.float(let history), .float(let counts)):
            last = history.sum
            hasRoom = history.hasRoom(for: counts)
            isReset = history.isReset(by: counts)
        case (.integer, .float), (.float, .integer): return .other
        }
        if next.isStaleMarker { return .continued }
        guard hasRoom, !last.isStaleMarker, next.layout.hasSameBits(as: layout) else {
            return .other
        }
        return isReset ? .reset : .continued
    }

    private static func header(
        of histogram: NativeHistogram, after previous: HistogramChunk?
    ) -> ResetHeader {
        if histogram.resetHint == .gauge { return .gauge }
        if histogram.resetHint == .reset { return .reset }
        guard let previous, previous.resets != .gauge else { return .unknown }
        return switch previous.relation(to: histogram) {
        case .continued: .notReset
        case .reset: .reset
        case .other: .unknown
        }
    }
}

extension NativeHistogram {
    /// The stale marker as it starts a chunk: without buckets.
    var emptied: NativeHistogram {
        let none: Counts =
            switch counts {
            case .integer: .integer(IntegerCounts(count: 0, zeroCount: 0))
            case .float: .float(FloatCounts(count: 0, zeroCount: 0))
            }
        return NativeHistogram(
            resetHint: resetHint, layout: HistogramLayout(schema: 0, zeroThreshold: 0), sum: sum,
            counts: none)
    }
}
