import Glibc
package import TimeSeries

/// One series of a write request, read from the request's bytes as it is asked for.
///
/// It keeps no list of labels: two bytes on the wire can be a label, so a list would cost many
/// times what a client sends. It points into the request and is valid only while it is shown.
package struct SeriesView {
    private let bytes: UnsafeRawBufferPointer
    private let range: Range<Int>
    /// Whether the survey has seen that the series has the form of `UsualSeries`.
    private let isUsual: Bool
    /// Where something else than a label may stand first; never behind it.
    private var labelEnd: Int

    init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, isUsual: Bool) {
        self.bytes = bytes
        self.range = range
        self.isUsual = isUsual
        labelEnd = range.lowerBound
    }

    /// The message, without tag and length.
    package var message: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    /// The label fields as they were sent, in the form of `LabelSet.wire`; nil when the series has
    /// another form than Prometheus gives it.
    package var usualLabels: UnsafeRawBufferPointer? {
        let labels =
            isUsual
            ? UsualSeries.labels(bytes, in: range) : UsualSeries(bytes, in: range)?.labels
        return labels.map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
    }

    /// Whether these are the labels, in the form of `LabelSet.wire`.
    ///
    /// Quicker than to look for where the labels end, which is then known. False as well when the
    /// series is not in that form.
    package mutating func hasLabels(_ wire: UnsafeRawBufferPointer) -> Bool {
        guard isUsual, let theirs = wire.baseAddress, let ours = bytes.baseAddress,
            wire.count <= range.count, memcmp(ours + range.lowerBound, theirs, wire.count) == 0
        else { return false }
        let end = range.lowerBound + wire.count
        // Another label may follow.
        guard end == range.upperBound || bytes[end] != UsualSeries.labelTag else { return false }
        labelEnd = end
        return true
    }

    /// The labels in the order sent.
    package var labels: LabelCursor { LabelCursor(WireCursor(bytes, in: range)) }

    /// The labels as text, with invalid UTF-8 repaired.
    package func decodedLabels() -> [SeriesLabel] {
        var decoded: [SeriesLabel] = []
        var labels = labels
        while let label = labels.next() {
            decoded.append(
                SeriesLabel(
                    String(decoding: label.name, as: UTF8.self),
                    String(decoding: label.value, as: UTF8.self)))
        }
        return decoded
    }

    /// The labels in canonical form, in the order sent, without the one named `removed`.
    package func labelSet(removing removed: String? = nil) -> LabelSet {
        if removed == nil, let usualLabels { return LabelSet(canonicalWire: Array(usualLabels)) }
        var wire: [UInt8] = []
        var labels = labels
        while let label = labels.next() {
            if let removed, label.name.elementsEqual(removed.utf8) { continue }
            LabelSet.append(name: label.name, value: label.value, to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }

    /// The float samples in the order sent: milliseconds, and a value whose bits are untouched.
    package func forEachSample(_ body: (Int64, Double) -> Void) {
        var cursor = WireCursor(bytes, in: labelEnd..<range.upperBound)
        var rest = cursor
        while let sample = UsualSeries.sample(&cursor) {
            body(sample.timestamp, Double(bitPattern: sample.value))
            rest = cursor
        }
        guard !rest.isAtEnd else { return }
        forEachField(2, from: rest.position) { field in
            let sample = Self.unusualSample(bytes, in: field)
            body(sample.timestamp, sample.value)
        }
    }

    /// The native histograms in the order sent, each with its milliseconds.
    package func forEachHistogram(_ body: (Int64, NativeHistogram) -> Void) {
        forEachField(4) { field in
            var reader = HistogramReader()
            reader.read(bytes, in: field)
            body(reader.timestamp, reader.histogram)
        }
    }

    /// Samples, exemplars and histograms, by their field numbers 2, 3 and 4.
    package func count(ofField number: Int32) -> Int {
        var count = 0
        forEachField(number) { _ in count += 1 }
        return count
    }

    /// Whether there is any native histogram.
    package var hasHistograms: Bool { !isUsual && count(ofField: 4) > 0 }

    /// Shows every field but the labels, each with its tag.
    func forEachFieldBehindLabels(_ body: (Slice<UnsafeRawBufferPointer>) -> Void) {
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let start = cursor.position
            guard let tag = try? cursor.tag(in: .timeSeries),
                (try? cursor.skip(tag.wireType)) != nil
            else { return }
            if tag.field != 1 { body(bytes[start..<cursor.position]) }
        }
    }

    private func forEachField(
        _ number: Int32, from start: Int? = nil, _ body: (Range<Int>) -> Void
    ) {
        var cursor = WireCursor(bytes, in: (start ?? range.lowerBound)..<range.upperBound)
        while !cursor.isAtEnd, let tag = try? cursor.tag(in: .timeSeries) {
            if tag.field == number, let field = try? cursor.delimited() {
                body(field)
            } else if (try? cursor.skip(tag.wireType)) == nil {
                return
            }
        }
    }

    private static func unusualSample(
        _ bytes: UnsafeRawBufferPointer, in range: Range<Int>
    ) -> Sample {
        var sample = Sample(timestamp: 0, value: 0)
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd, let tag = try? cursor.tag(in: .sample) {
            switch tag.field {
            case 1: sample.value = Double(bitPattern: (try? cursor.fixed64()) ?? 0)
            case 2: sample.timestamp = Int64(bitPattern: (try? cursor.varint()) ?? 0)
            default: if (try? cursor.skip(tag.wireType)) == nil { return sample }
            }
        }
        return sample
    }
}
