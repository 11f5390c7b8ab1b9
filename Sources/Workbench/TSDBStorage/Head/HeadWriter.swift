import TSDBFormat
package import TimeSeries

/// Stores the samples of one request in a head, and notes what its log has to hold for it.
package struct HeadWriter: Sendable {
    var state: HeadState
    private(set) var records = LogRecords()
    private(set) var floats = SampleCounts()
    private(set) var histograms = SampleCounts()
    private(set) var seriesCreated = 0

    init(state: HeadState) {
        self.state = state
    }

    /// Begins with the samples of another request.
    mutating func begin() {
        state.beginBatch()
    }

    mutating func takeRecords() -> LogRecords {
        defer { records = LogRecords() }
        return records
    }

    /// Milliseconds of the newest sample; `Int64.min` before the first.
    package var maxTime: Int64 { state.maxTime }

    /// The place of a series that is known by these labels, in the form of `LabelSet.wire`.
    package func find(_ labels: UnsafeRawBufferPointer) -> Int? {
        state.find(labels)
    }

    /// The place of a series, which is added if it is new; the labels are valid and sorted.
    package mutating func series(_ labels: LabelSet) -> Int {
        let known = labels.wire.withUnsafeBytes { state.find($0) }
        if let known { return known }
        let index = state.add(labels)
        seriesCreated += 1
        records.add(ref: state.ref(of: index), labels: labels)
        return index
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
