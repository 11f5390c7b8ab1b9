package import TimeSeries

/// A record that says which labels belong to which reference; it stands before their samples.
package struct SeriesRecord: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    /// Appends a series; its reference is not 0, its labels are sorted.
    package mutating func append(reference: UInt64, labels: LabelSet) {
        if count == 0 { bytes.append(WALRecord.Kind.series.rawValue) }
        bytes.appendBigEndian(reference)
        bytes.append(labels)
        count += 1
    }
}

extension [UInt8] {
    /// Labels as records have them: how many, then names and values.
    ///
    /// With its tags and lengths a label takes more room on the wire than here.
    mutating func append(_ labels: LabelSet) {
        labels.wire.withUnsafeBytes { wire in
            append(addingCapacity: 10 + wire.count) { output in
                var counted = WireLabels(wire)
                var count: UInt64 = 0
                while counted.next() != nil { count += 1 }
                output.appendUvarint(count)
                var labels = WireLabels(wire)
                while let label = labels.next() {
                    output.appendText(wire, in: label.name)
                    output.appendText(wire, in: label.value)
                }
            }
        }
    }
}
