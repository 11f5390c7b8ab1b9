/// Writes the fields of one protobuf message.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// Appends fields that are encoded already.
    mutating func append(_ fields: [UInt8]) {
        bytes.append(contentsOf: fields)
    }

    /// A number; zero is left out, as proto3 has it.
    mutating func varint(_ value: UInt64, field: UInt64) {
        guard value != 0 else { return }
        varint(field << 3)
        varint(value)
    }

    mutating func bytes(_ value: [UInt8], field: UInt64) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
