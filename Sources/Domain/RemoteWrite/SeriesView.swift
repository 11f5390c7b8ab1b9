package import TimeSeries

/// One series of a write request, read from the request's bytes as it is asked for.
///
/// It keeps no list of labels: two bytes on the wire can be a label, so a list would cost many
/// times what a client sends.
package struct SeriesView: Sendable {
    package private(set) var sampleCount = 0
    package private(set) var histogramCount = 0
    package private(set) var exemplarCount = 0
    private let bytes: [UInt8]
    private let range: Range<Int>

    init(_ bytes: [UInt8], in range: Range<Int>) throws(RemoteWriteError) {
        self.bytes = bytes
        self.range = range
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .timeSeries)
            switch tag.field {
            case 2: sampleCount += 1
            case 3: exemplarCount += 1
            case 4: histogramCount += 1
            default: break
            }
            try cursor.skip(tag.wireType)
        }
    }

    /// The labels in the order sent.
    package var labels: LabelCursor { LabelCursor(WireCursor(bytes, in: range)) }

    /// The labels as text, with invalid UTF-8 repaired.
    package func decodedLabels() throws(RemoteWriteError) -> [SeriesLabel] {
        var decoded: [SeriesLabel] = []
        var labels = labels
        while let label = try labels.next() {
            decoded.append(
                SeriesLabel(
                    String(decoding: label.name, as: UTF8.self),
                    String(decoding: label.value, as: UTF8.self)))
        }
        return decoded
    }

    /// The float samples, with the bits of their values untouched.
    package func decodedSamples() throws(RemoteWriteError) -> [Sample] {
        var samples: [Sample] = []
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .timeSeries)
            if tag.field == 2 {
                samples.append(try Self.sample(bytes, in: try cursor.delimited()))
            } else {
                try cursor.skip(tag.wireType)
            }
        }
        return samples
    }

    private static func sample(
        _ bytes: [UInt8], in range: Range<Int>
    ) throws(RemoteWriteError) -> Sample {
        var sample = Sample(timestamp: 0, value: 0)
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .sample)
            switch tag.field {
            case 1: sample.value = Double(bitPattern: try cursor.fixed64())
            case 2: sample.timestamp = Int64(bitPattern: try cursor.varint())
            default: try cursor.skip(tag.wireType)
            }
        }
        return sample
    }
}
