import TimeSeries

/// Records that are written whole; series, samples and histograms have builders of their own.
extension WALRecord {
    package static func encoded(_ tombstones: [Tombstone]) -> [UInt8] {
        var bytes = [Kind.tombstones.rawValue]
        for tombstone in tombstones {
            bytes.appendBigEndian(tombstone.reference)
            bytes.appendVarint(tombstone.minTime)
            bytes.appendVarint(tombstone.maxTime)
        }
        return bytes
    }

    package static func encoded(_ exemplars: [LoggedExemplar]) -> [UInt8] {
        var bytes = [Kind.exemplars.rawValue]
        guard let first = exemplars.first else { return bytes }
        bytes.appendBigEndian(first.reference)
        bytes.appendBigEndian(first.sample.timestamp)
        for exemplar in exemplars {
            bytes.appendVarint(Int64(bitPattern: exemplar.reference &- first.reference))
            bytes.appendVarint(exemplar.sample.timestamp &- first.sample.timestamp)
            bytes.appendDouble(exemplar.sample.value)
            bytes.append(exemplar.labels)
        }
        return bytes
    }

    package static func encoded(_ metadata: [LoggedMetadata]) -> [UInt8] {
        var bytes = [Kind.metadata.rawValue]
        for entry in metadata {
            bytes.appendUvarint(entry.reference)
            bytes.append(entry.metricType)
            bytes.appendUvarint(2)
            for (name, value) in [("UNIT", entry.unit), ("HELP", entry.help)] {
                bytes.appendText(name.utf8)
                bytes.appendText(value.utf8)
            }
        }
        return bytes
    }
}
