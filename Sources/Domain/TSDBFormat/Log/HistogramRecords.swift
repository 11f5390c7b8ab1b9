package import TimeSeries

/// Records of native histograms, built one by one; there is a record for each kind that occurs.
package struct HistogramRecords: Sendable {
    private var builders: [WALRecord.Kind: Builder] = [:]

    package init() {}

    package var isEmpty: Bool { builders.isEmpty }

    /// The records, in the order of their numbers.
    package var records: [[UInt8]] {
        builders.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value.bytes)
    }

    /// Appends a histogram; milliseconds.
    package mutating func append(
        reference: UInt64, timestamp: Int64, _ histogram: NativeHistogram
    ) {
        let kind = Self.kind(of: histogram)
        builders[kind, default: Builder(kind: kind, reference, timestamp)]
            .append(reference, timestamp, histogram)
    }

    private static func kind(of histogram: NativeHistogram) -> WALRecord.Kind {
        let isCustom = histogram.layout.schema == HistogramLayout.customSchema
        return switch histogram.counts {
        case .integer: isCustom ? .customHistograms : .histograms
        case .float: isCustom ? .customFloatHistograms : .floatHistograms
        }
    }

    private struct Builder: Sendable {
        private(set) var bytes: [UInt8]
        private let firstReference: UInt64
        private let firstTimestamp: Int64

        init(kind: WALRecord.Kind, _ reference: UInt64, _ timestamp: Int64) {
            bytes = [kind.rawValue]
            bytes.appendBigEndian(reference)
            bytes.appendBigEndian(timestamp)
            firstReference = reference
            firstTimestamp = timestamp
        }

        mutating func append(
            _ reference: UInt64, _ timestamp: Int64, _ histogram: NativeHistogram
        ) {
            bytes.appendVarint(Int64(bitPattern: reference &- firstReference))
            bytes.appendVarint(timestamp &- firstTimestamp)
            bytes.append(histogram)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ histogram: NativeHistogram) {
        let layout = histogram.layout
        append(histogram.resetHint.rawValue)
        appendVarint(Int64(layout.schema))
        appendDouble(layout.zeroThreshold)
        switch histogram.counts {
        case .integer(let counts):
            appendUvarint(counts.zeroCount)
            appendUvarint(counts.count)
            appendDouble(histogram.sum)
            appendSpans(of: layout)
            appendAll(counts.positiveDeltas) { $0.appendVarint($1) }
            appendAll(counts.negativeDeltas) { $0.appendVarint($1) }
        case .float(let counts):
            appendDouble(counts.zeroCount)
            appendDouble(counts.count)
            appendDouble(histogram.sum)
            appendSpans(of: layout)
            appendAll(counts.positive) { $0.appendDouble($1) }
            appendAll(counts.negative) { $0.appendDouble($1) }
        }
        guard layout.schema == HistogramLayout.customSchema else { return }
        appendAll(layout.customValues) { $0.appendDouble($1) }
    }

    private mutating func appendSpans(of layout: HistogramLayout) {
        for spans in [layout.positiveSpans, layout.negativeSpans] {
            appendAll(spans) { bytes, span in
                bytes.appendVarint(Int64(span.offset))
                bytes.appendUvarint(UInt64(span.length))
            }
        }
    }

    private mutating func appendAll<Item>(
        _ items: [Item], _ append: (inout [UInt8], Item) -> Void
    ) {
        appendUvarint(items.count)
        for item in items { append(&self, item) }
    }
}
