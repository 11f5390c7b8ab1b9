package import TimeSeries

/// A record of the log, taken apart (Prometheus' tsdb/record/record.go).
package enum WALRecord: Hashable, Sendable {
    case series([LoggedSeries])
    case samples([LoggedSample])
    case histograms([LoggedHistogram])
    case tombstones([Tombstone])
    case exemplars([LoggedExemplar])
    case metadata([LoggedMetadata])
    /// Not read here, and no error: newer versions write kinds that older ones pass over.
    case unknown(kind: UInt8)

    /// The first byte of a record.
    enum Kind: UInt8, Hashable, Sendable {
        case series = 1
        case samples = 2
        case tombstones = 3
        case exemplars = 4
        case metadata = 6
        case histograms = 7
        case floatHistograms = 8
        case customHistograms = 9
        case customFloatHistograms = 10
    }
}

package struct LoggedSeries: Hashable, Sendable {
    package let reference: UInt64
    package let labels: LabelSet

    package init(reference: UInt64, labels: LabelSet) {
        self.reference = reference
        self.labels = labels
    }
}

package struct LoggedSample: Hashable, Sendable {
    package let reference: UInt64
    package let sample: Sample

    package init(reference: UInt64, sample: Sample) {
        self.reference = reference
        self.sample = sample
    }
}

package struct LoggedHistogram: Hashable, Sendable {
    package let reference: UInt64
    /// Milliseconds.
    package let timestamp: Int64
    package let histogram: NativeHistogram

    package init(reference: UInt64, timestamp: Int64, histogram: NativeHistogram) {
        self.reference = reference
        self.timestamp = timestamp
        self.histogram = histogram
    }
}

package struct LoggedExemplar: Hashable, Sendable {
    package let reference: UInt64
    package let sample: Sample
    package let labels: LabelSet

    package init(reference: UInt64, sample: Sample, labels: LabelSet) {
        self.reference = reference
        self.sample = sample
        self.labels = labels
    }
}

package struct LoggedMetadata: Hashable, Sendable {
    package let reference: UInt64
    /// 0 unknown, 1 counter, 2 gauge, 3 histogram, 4 gauge histogram, 5 summary, 6 info,
    /// 7 state set.
    package let metricType: UInt8
    package let unit: String
    package let help: String

    package init(reference: UInt64, metricType: UInt8, unit: String, help: String) {
        self.reference = reference
        self.metricType = metricType
        self.unit = unit
        self.help = help
    }
}
