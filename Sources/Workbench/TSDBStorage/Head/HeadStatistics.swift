/// How much a head holds, and what it has taken and refused since it was opened.
package struct HeadStatistics: Hashable, Sendable {
    package internal(set) var series = 0
    /// Late samples of a series count as one.
    package internal(set) var chunks = 0
    /// Milliseconds; `max` and `min` of `Int64` while there is no sample.
    package internal(set) var minTime = Int64.max
    package internal(set) var maxTime = Int64.min
    package internal(set) var floats = SampleCounts()
    package internal(set) var histograms = SampleCounts()
    /// Since the head was opened, those from its log included.
    package internal(set) var seriesCreated = 0
    /// Those of which nothing was left in memory when a block was cut.
    package internal(set) var seriesRemoved = 0
    package internal(set) var blocks = 0
    /// Bytes of the log's files.
    package internal(set) var logBytes = 0

    init(_ head: HeadWriter) {
        series = head.state.series.count
        chunks = head.state.chunkCount
        minTime = head.state.minTime
        maxTime = head.state.maxTime
        floats = head.floats
        histograms = head.histograms
        seriesCreated = head.state.seriesCreated
        seriesRemoved = seriesCreated - series
    }
}

/// What became of samples of one kind.
package struct SampleCounts: Hashable, Sendable {
    package internal(set) var appended = 0
    /// Taken although they came late.
    package internal(set) var late = 0
    package internal(set) var faults: [AppendFault: Int] = [:]

    mutating func count(_ result: Result<Placement, AppendFault>) {
        switch result {
        case .success(.inOrder): appended += 1
        case .success(.late):
            appended += 1
            late += 1
        case .success(.nothing): break
        case .failure(let fault): faults[fault, default: 0] += 1
        }
    }
}
