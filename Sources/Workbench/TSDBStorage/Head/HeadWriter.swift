import TSDBFormat
package import TimeSeries

/// Stores the samples of one request in a head, and notes what its log has to hold for it.
package struct HeadWriter: Sendable {
    var state: HeadState
    private(set) var records = LogRecords()
    private(set) var floats = SampleCounts()
    private(set) var histograms = SampleCounts()
    /// The place that was found last, in this request.
    private var last: Int?

    init(state: HeadState) {
        self.state = state
    }

    /// Begins with the samples of another request.
    mutating func begin() {
        state.beginBatch()
        last = nil
    }

    /// What the log has to hold for this request; the next one is likely to be of its size.
    mutating func takeRecords() -> LogRecords {
        defer { records = LogRecords(sampleBytes: min(records.sampleBytes, 1 << 16)) }
        return records
    }

    /// Milliseconds of the newest sample; `Int64.min` before the first.
    package var maxTime: Int64 { state.maxTime }

    /// The place of the series that is likely to come next, if it is called as expected.
    package mutating func expected(
        where isCalled: (UnsafeRawBufferPointer) -> Bool
    ) -> Int? {
        guard let last, let next = state.successor(of: last, where: isCalled) else { return nil }
        self.last = next
        return next
    }

    /// The place of a series that is known by these labels, in the form of `LabelSet.wire`.
    package mutating func find(_ labels: UnsafeRawBufferPointer) -> Int? {
        let found = state.find(labels)
        if let found { follow(with: found) }
        return found
    }

    /// The place of a series, which is added if it is new; the labels are valid and sorted.
    package mutating func series(_ labels: LabelSet) -> Int {
        let known = labels.wire.withUnsafeBytes { find($0) }
        if let known { return known }
        let index = state.add(labels)
        records.add(ref: state.ref(of: index), labels: labels)
        follow(with: index)
        return index
    }

    private mutating func follow(with index: Int) {
        if let last { state.setSuccessor(of: last, to: index) }
        last = index
    }

    /// Stores a float, in milliseconds, or answers why not.
    package mutating func append(
        _ timestamp: Int64, _ value: Double, to index: Int
    ) -> AppendFault? {
        let result = state.append(timestamp, value, to: index)
        floats.count(result)
        switch result {
        case .success(.inOrder):
            records.add(ref: state.ref(of: index), timestamp, value)
            return nil
        case .success(.late):
            records.addLate(ref: state.ref(of: index), timestamp, value)
            return nil
        case .success(.nothing): return nil
        case .failure(let fault): return fault
        }
    }

    /// Stores a native histogram, in milliseconds, or answers why not.
    package mutating func append(
        _ timestamp: Int64, _ histogram: NativeHistogram, to index: Int
    ) -> AppendFault? {
        let result = state.append(timestamp, histogram, to: index)
        histograms.count(result)
        switch result {
        case .success(.inOrder):
            records.add(ref: state.ref(of: index), timestamp, histogram)
            return nil
        case .success(.late), .success(.nothing): return nil
        case .failure(let fault): return fault
        }
    }
}
