import TimeSeries

/// A stored series under the number of its labels, with the look-ups of selectors.
struct SelectedSeries {
    /// How far back an instant selector looks for a sample, in milliseconds, that moment included
    /// (`--query.lookback-delta` of Prometheus 2.42).
    static let lookback: Int64 = 300_000

    let labels: LabelTable.ID
    let samples: [Sample]
    let histograms: [StoredSeries.HistogramSample]

    /// The newest value at a moment; nil when it is too old or the series has ended.
    func latest(at time: Int64) -> ResultPoint? {
        newest(at: time).flatMap { $0.timestamp >= time - Self.lookback ? $0 : nil }
    }

    private func newest(at time: Int64) -> ResultPoint? {
        let sample = samples.last(through: time, \.timestamp)
        if let (timestamp, histogram) = histograms.last(through: time, \.timestamp),
            timestamp >= sample?.timestamp ?? .min
        {
            guard !histogram.isStaleMarker else { return nil }
            return ResultPoint(timestamp: timestamp, value: .histogram(histogram))
        }
        guard let sample, !sample.isStaleMarker else { return nil }
        return ResultPoint(timestamp: sample.timestamp, value: .float(sample.value))
    }

    /// The samples between two moments, both included, without stale markers.
    func floats(from start: Int64, through end: Int64) -> ArraySlice<Sample> {
        let samples = samples[samples.range(from: start, through: end, \.timestamp)]
        guard samples.contains(where: \.isStaleMarker) else { return samples }
        return ArraySlice(samples.filter { !$0.isStaleMarker })
    }

    func histograms(from start: Int64, through end: Int64) -> [StoredSeries.HistogramSample] {
        let range = histograms.range(from: start, through: end, \.timestamp)
        return histograms[range].filter { !$0.histogram.isStaleMarker }
    }
}

extension Sample {
    fileprivate var isStaleMarker: Bool {
        value.bitPattern == Self.staleMarker.bitPattern
    }
}

extension Array {
    /// How many elements of a sorted array are not later than `time`.
    fileprivate func prefixEnd(through time: Int64, _ timestamp: (Element) -> Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if timestamp(self[middle]) <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate func last(through time: Int64, _ timestamp: (Element) -> Int64) -> Element? {
        let end = prefixEnd(through: time, timestamp)
        return end > 0 ? self[end - 1] : nil
    }

    fileprivate func range(
        from start: Int64, through end: Int64, _ timestamp: (Element) -> Int64
    ) -> Range<Int> {
        let first = prefixEnd(through: start - 1, timestamp)
        return first..<Swift.max(first, prefixEnd(through: end, timestamp))
    }
}
