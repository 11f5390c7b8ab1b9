import TSDBFormat

/// What the samples of one request are judged by: the head as it was when the request came
/// (`NewAppender` in tsdb/head_append.go).
struct AppendBatch: Sendable {
    let number: UInt32
    /// Milliseconds; older samples are out of bounds.
    private let minValid: Int64
    /// Milliseconds of the newest sample that the head had.
    private let newest: Int64
    private let blocksEnd: Int64
    private let options: HeadOptions

    init(number: UInt32, newest: Int64, blocksEnd: Int64, options: HeadOptions) {
        self.number = number
        self.newest = newest
        self.blocksEnd = blocksEnd
        self.options = options
        // Half a range: what is older could fall into a block that is just being cut.
        let recent = newest.subtractingReportingOverflow(options.blockRange / 2)
        minValid = max(blocksEnd, recent.overflow ? .min : recent.partialValue)
    }

    var takesLate: Bool { options.outOfOrderWindow > 0 }

    /// Where a sample belongs behind the newest of its series (`appendable` in
    /// tsdb/head_append.go).
    func placement(
        at timestamp: Int64, bits: UInt64, isHistogram: Bool, after newest: HeadSeries.Newest
    ) -> Result<Placement, AppendFault> {
        let isWithinBounds = timestamp >= minValid
        if isWithinBounds, timestamp > newest.timestamp { return .success(.inOrder) }
        if isWithinBounds, timestamp == newest.timestamp {
            let isSame = bits == newest.bits && isHistogram == newest.isHistogram
            return isSame ? .success(.nothing) : .failure(.duplicate)
        }
        let window = options.outOfOrderWindow
        guard window > 0 else { return .failure(isWithinBounds ? .outOfOrder : .outOfBounds) }
        let (oldest, overflow) = self.newest.subtractingReportingOverflow(window)
        return overflow || timestamp >= oldest ? .success(.late) : .failure(.tooOld)
    }

    /// The earliest that the chunk of a sample may begin: neither in another range nor in a block.
    func chunkStart(for timestamp: Int64) -> Int64 {
        max(BlockRange.start(of: timestamp, range: options.blockRange), blocksEnd)
    }
}

/// What became of a sample that was not refused.
enum Placement {
    case inOrder
    case late
    /// Nothing to do: it is stored already, or another of the same request took its place.
    case nothing
}
