/// A place in protobuf bytes that never reads behind its end.
///
/// Errors come in the order of gogo/protobuf's generated code, which Thanos answers with.
struct WireCursor {
    /// What stands before a field's value.
    struct Tag {
        let raw: UInt64
        /// gogo cuts the number to 32 bits.
        var field: Int32 { Int32(truncatingIfNeeded: raw >> 3) }
        var wireType: UInt8 { UInt8(raw & 7) }
    }

    let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    mutating func varint() throws(RemoteWriteError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard shift < 64 else { throw .integerOverflow }
            guard position < end else { throw .unexpectedEnd }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    mutating func tag(in message: MessageShape) throws(RemoteWriteError) -> Tag {
        let tag = Tag(raw: try varint())
        if tag.wireType == 4 { throw .endGroup(message: message.name) }
        guard tag.field > 0 else {
            throw .illegalTag(message: message.name, field: tag.field, tag: tag.raw)
        }
        return tag
    }

    mutating func fixed64() throws(RemoteWriteError) -> UInt64 {
        guard end - position >= 8 else { throw .unexpectedEnd }
        var value: UInt64 = 0
        for index in 0..<8 {
            value |= UInt64(bytes[position + index]) << UInt64(8 * index)
        }
        position += 8
        return value
    }

    /// The range of a length-delimited value, which is then behind the cursor.
    mutating func delimited() throws(RemoteWriteError) -> Range<Int> {
        let length = Int(truncatingIfNeeded: try varint())
        guard length >= 0 else { throw .negativeLength }
        let (stop, overflow) = position.addingReportingOverflow(length)
        guard !overflow else { throw .negativeLength }
        guard stop <= end else { throw .unexpectedEnd }
        defer { position = stop }
        return position..<stop
    }

    /// Passes over the value of an unknown field (`skipTypes` in the generated code).
    mutating func skip(_ wireType: UInt8) throws(RemoteWriteError) {
        var depth = 0
        var wireType = wireType
        while true {
            switch wireType {
            case 0: _ = try varint()
            case 1: _ = try fixed64()
            case 2: _ = try delimited()
            case 3: depth += 1
            case 4:
                guard depth > 0 else { throw .unexpectedEndOfGroup }
                depth -= 1
            case 5:
                guard end - position >= 4 else { throw .unexpectedEnd }
                position += 4
            default: throw .illegalWireType(wireType)
            }
            if depth == 0 { return }
            wireType = UInt8(try varint() & 7)
        }
    }
}
