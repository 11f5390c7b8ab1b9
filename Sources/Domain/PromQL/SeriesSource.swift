package import LabelMatching
package import TimeSeries

/// Where the samples of a query come from.
package protocol SeriesSource: Sendable {
    /// The series that meet all conditions, with their samples between two moments, both included,
    /// in milliseconds since 1970; the samples in the order of time, the series in any.
    ///
    /// Throws what the asker is to be told.
    func series(
        matching matchers: [LabelMatcher], from start: Int64, through end: Int64
    ) throws(QueryError) -> [StoredSeries]
}

/// A series as a source delivers it.
package struct StoredSeries: Sendable {
    /// A histogram and its moment in milliseconds since 1970.
    package typealias HistogramSample = (timestamp: Int64, histogram: NativeHistogram)

    package var labels: LabelSet
    package var samples: [Sample]
    package var histograms: [HistogramSample]

    package init(
        labels: LabelSet, samples: [Sample] = [], histograms: [HistogramSample] = []
    ) {
        self.labels = labels
        self.samples = samples
        self.histograms = histograms
    }
}
