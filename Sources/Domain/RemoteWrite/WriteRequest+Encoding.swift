package import TimeSeries

extension WriteRequest {
    /// The bytes of a message with these series, as Prometheus would write them.
    package static func encode(_ series: [SeriesSamples]) -> [UInt8] {
        var writer = WireWriter()
        for series in series {
            var message = WireWriter()
            for label in series.labels {
                var pair = WireWriter()
                pair.bytes(Array(label.name.utf8), field: 1)
                pair.bytes(Array(label.value.utf8), field: 2)
                message.bytes(pair.output, field: 1, keepsEmpty: true)
            }
            for sample in series.samples {
                var point = WireWriter()
                point.fixed64(sample.value.bitPattern, field: 1)
                point.varint(UInt64(bitPattern: sample.timestamp), field: 2)
                message.bytes(point.output, field: 2, keepsEmpty: true)
            }
            writer.bytes(message.output, field: 1, keepsEmpty: true)
        }
        return writer.output
    }
}

/// Writes protobuf fields; what equals its type's zero is left out, as proto3 has it.
private struct WireWriter {
    private(set) var output: [UInt8] = []

    mutating func varint(_ value: UInt64, field: UInt64) {
        guard value != 0 else { return }
        append(field << 3)
        append(value)
    }

    mutating func fixed64(_ value: UInt64, field: UInt64) {
        guard value != 0 else { return }
        append(field << 3 | 1)
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            output.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func bytes(_ bytes: [UInt8], field: UInt64, keepsEmpty: Bool = false) {
        guard keepsEmpty || !bytes.isEmpty else { return }
        append(field << 3 | 2)
        append(UInt64(bytes.count))
        output += bytes
    }

    private mutating func append(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }
}
