import TSDBFormat
import TimeSeries

/// What the logs have to hold for one request, in the form of records.
///
/// Whoever reads them back takes samples before histograms, and those by kind; a series that goes
/// back to a kind ends the open records, so that its samples keep their order.
struct LogRecords: Sendable {
    private var ended: [[UInt8]] = []
    private var series = SeriesRecord()
    private var samples: SamplesRecord
    private var histograms = HistogramRecords()
    private var lateSamples = SamplesRecord()
    /// Which series have histograms in the open records.
    private var histogramKinds: [UInt64: HistogramKind] = [:]

    private struct HistogramKind: Hashable {
        let schema: Int32
        let isFloat: Bool

        init(_ histogram: NativeHistogram) {
            schema = histogram.layout.schema
            isFloat = if case .float = histogram.counts { true } else { false }
        }
    }

    /// Expects samples of so many bytes.
    init(sampleBytes: Int = 0) {
        samples = SamplesRecord(capacity: sampleBytes)
    }

    /// Bytes of the samples in the open record.
    var sampleBytes: Int { samples.bytes.count }

    mutating func add(ref: UInt64, labels: LabelSet) {
        series.append(reference: ref, labels: labels)
    }

    mutating func add(ref: UInt64, _ timestamp: Int64, _ value: Double) {
        if histogramKinds[ref] != nil { endRecords() }
        samples.append(reference: ref, timestamp: timestamp, value: value)
    }

    mutating func add(ref: UInt64, _ timestamp: Int64, _ histogram: NativeHistogram) {
        let kind = HistogramKind(histogram)
        if let known = histogramKinds[ref], known != kind { endRecords() }
        histogramKinds[ref] = kind
        histograms.append(reference: ref, timestamp: timestamp, histogram)
    }

    mutating func addLate(ref: UInt64, _ timestamp: Int64, _ value: Double) {
        lateSamples.append(reference: ref, timestamp: timestamp, value: value)
    }

    /// Series before the samples that refer to them.
    var main: [[UInt8]] {
        ended + (series.isEmpty ? [] : [series.bytes]) + (samples.isEmpty ? [] : [samples.bytes])
            + histograms.records
    }

    private mutating func endRecords() {
        ended = main
        series = SeriesRecord()
        samples = SamplesRecord()
        histograms = HistogramRecords()
        histogramKinds = [:]
    }

    /// Samples that came late, for the log of their own.
    var late: [[UInt8]] { lateSamples.isEmpty ? [] : [lateSamples.bytes] }
}
