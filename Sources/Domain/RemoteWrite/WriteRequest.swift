package import TimeSeries

/// A `prometheus.WriteRequest` of remote write 1.0 whose structure has been checked.
///
/// It holds the bytes and reads series from them when asked.
package struct WriteRequest: Sendable {
    /// How many of each thing the message holds.
    package struct Counts: Hashable, Sendable {
        package internal(set) var series = 0
        package internal(set) var samples = 0
        package internal(set) var histograms = 0
        package internal(set) var exemplars = 0
        package internal(set) var metadata = 0
    }

    package let counts: Counts
    private let bytes: [UInt8]
    private let isUsualThroughout: Bool

    /// Checks the whole message; unknown fields are passed over.
    ///
    /// Complexity: linear in the bytes, without allocation.
    package init(decoding bytes: [UInt8]) throws(RemoteWriteError) {
        let survey = try bytes.span.bytes.withUnsafeBytes { bytes throws(RemoteWriteError) in
            var survey = MessageSurvey()
            try survey.check(bytes)
            return survey
        }
        counts = survey.counts
        isUsualThroughout = survey.unusualSeries == 0
        self.bytes = bytes
    }

    /// Bytes of the message.
    package var size: Int { bytes.count }

    /// Shows every series in the order of the message; a view is valid only in the call it is for.
    package func forEachSeries<Failure: Error>(
        _ body: (SeriesView) throws(Failure) -> Void
    ) throws(Failure) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(Failure) in
            var cursor = WireCursor(bytes)
            // The survey has been through: no step of this walk can fail.
            while !cursor.isAtEnd, let tag = try? cursor.tag(in: .writeRequest) {
                if tag.field == 1, let range = try? cursor.delimited() {
                    try body(SeriesView(bytes, in: range, isUsual: isUsualThroughout))
                } else if (try? cursor.skip(tag.wireType)) == nil {
                    return
                }
            }
        }
    }

    /// Copies every series with its float samples out of the message.
    package func decodedSeries() -> [SeriesSamples] {
        var series: [SeriesSamples] = []
        forEachSeries { view in
            var samples: [Sample] = []
            view.forEachSample { samples.append(Sample(timestamp: $0, value: $1)) }
            series.append(SeriesSamples(labels: view.decodedLabels(), samples: samples))
        }
        return series
    }
}
