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
    mutating func append(_ labels: LabelSet) {
        appendUvarint(labels.reduce(0) { count, _ in count + 1 })
        for label in labels {
            appendText(label.name)
            appendText(label.value)
        }
    }
}
