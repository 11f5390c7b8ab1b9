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

    /// Checks the whole message; unknown fields are passed over.
    ///
    /// Complexity: linear in the bytes, without allocation.
    package init(decoding bytes: [UInt8]) throws(RemoteWriteError) {
        var survey = MessageSurvey()
        try survey.check(.writeRequest, bytes, in: 0..<bytes.count)
        counts = survey.counts
        self.bytes = bytes
    }

    /// Shows every series in the order of the message.
    package func forEachSeries(
        _ body: (SeriesView) throws(RemoteWriteError) -> Void
    ) throws(RemoteWriteError) {
        var cursor = WireCursor(bytes, in: 0..<bytes.count)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .writeRequest)
            guard tag.field == 1 else {
                try cursor.skip(tag.wireType)
                continue
            }
            try body(try SeriesView(bytes, in: try cursor.delimited()))
        }
    }

    /// Copies every series out of the message.
    package func decodedSeries() throws(RemoteWriteError) -> [SeriesSamples] {
        var series: [SeriesSamples] = []
        try forEachSeries { view throws(RemoteWriteError) in
            series.append(
                SeriesSamples(
                    labels: try view.decodedLabels(), samples: try view.decodedSamples()))
        }
        return series
    }
}
