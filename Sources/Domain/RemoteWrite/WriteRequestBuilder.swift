package import TimeSeries

/// Puts a request together from series of another, with labels of their own.
package struct WriteRequestBuilder: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Adds the samples, histograms and exemplars of a series under these labels.
    package mutating func add(_ series: SeriesView, labels: LabelSet) {
        var rest: [UInt8] = []
        series.forEachFieldBehindLabels { rest.append(contentsOf: $0) }
        ProtobufField.appendHeader(1, length: labels.wire.count + rest.count, to: &bytes)
        bytes += labels.wire
        bytes += rest
    }

    /// Adds a series as it is.
    package mutating func add(_ series: SeriesView) {
        ProtobufField.appendHeader(1, length: series.message.count, to: &bytes)
        bytes.append(contentsOf: series.message)
    }

    /// The bytes of a `prometheus.WriteRequest`.
    package var message: [UInt8] { bytes }

    /// The message, checked; nil only if a series was not well formed.
    package var request: WriteRequest? { try? WriteRequest(decoding: bytes) }
}

/// Field headers, as protobuf writes them.
enum ProtobufField {
    /// The tag of a length-delimited field below 16, and the length.
    static func appendHeader(_ field: UInt8, length: Int, to bytes: inout [UInt8]) {
        bytes.append(field << 3 | 2)
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
