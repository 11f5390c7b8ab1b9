/// A protobuf message, put together field by field.
struct ProtobufMessage {
    private(set) var output: [UInt8] = []

    func varint(_ field: UInt64, _ value: UInt64) -> Self {
        appending(Self.varint(field << 3) + Self.varint(value))
    }

    func double(_ field: UInt64, _ value: Double) -> Self {
        let bits = value.bitPattern
        return appending(
            Self.varint(field << 3 | 1)
                + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) })
    }

    func bytes(_ field: UInt64, _ value: [UInt8]) -> Self {
        appending(Self.varint(field << 3 | 2) + Self.delimited(value))
    }

    static func delimited(_ message: [UInt8]) -> [UInt8] {
        varint(UInt64(message.count)) + message
    }

    private func appending(_ bytes: [UInt8]) -> Self {
        var longer = self
        longer.output += bytes
        return longer
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var encoded: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            encoded.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return encoded + [UInt8(rest)]
    }
}
