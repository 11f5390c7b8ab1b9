/// Reads the fields of a protobuf message one after the other, and never behind its end.
struct ForwardedFields {
    /// What a field holds, where it is of a kind that these messages have.
    enum Value {
        case varint(UInt64)
        /// Where the bytes of it stand.
        case bytes(Range<Int>)
        case other
    }

    struct Field {
        let number: Int32
        let wireType: UInt8
        let value: Value
        /// Where the whole field stands, tag and length included.
        let range: Range<Int>
    }

    private let bytes: [UInt8]
    private let end: Int
    private let message: String
    private var position: Int

    /// `message` is the name of the Go type; the range lies within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>, of message: String) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        self.message = message
    }

    /// The next field; nil at the end.
    mutating func next() throws(ForwardedRequestError) -> Field? {
        guard position < end else { return nil }
        let start = position
        let tag = try varint()
        // gogo/protobuf cuts the number to 32 bits.
        let number = Int32(truncatingIfNeeded: tag >> 3)
        let wireType = UInt8(tag & 7)
        if wireType == 4 { throw .endGroup(message: message) }
        guard number > 0 else { throw .illegalTag(message: message, field: number, tag: tag) }
        let value = try value(wireType)
        return Field(number: number, wireType: wireType, value: value, range: start..<position)
    }

    private mutating func value(_ wireType: UInt8) throws(ForwardedRequestError) -> Value {
        switch wireType {
        case 0: return .varint(try varint())
        case 2: return .bytes(try delimited())
        default:
            try skip(wireType)
            return .other
        }
    }

    private mutating func varint() throws(ForwardedRequestError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < end else { throw .unexpectedEnd }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .integerOverflow
    }

    private mutating func delimited() throws(ForwardedRequestError) -> Range<Int> {
        let length = Int(truncatingIfNeeded: try varint())
        guard length >= 0 else { throw .negativeLength }
        guard length <= end - position else { throw .unexpectedEnd }
        defer { position += length }
        return position..<position + length
    }

    /// Passes over a value, with all that stands in a group.
    private mutating func skip(_ wireType: UInt8) throws(ForwardedRequestError) {
        var wireType = wireType
        var depth = 0
        while true {
            switch wireType {
            case 0: _ = try varint()
            case 1: try skip(bytes: 8)
            case 2: _ = try delimited()
            case 3: depth += 1
            case 4: depth -= 1
            case 5: try skip(bytes: 4)
            default: throw .illegalWireType(wireType)
            }
            if depth == 0 { return }
            wireType = UInt8(try varint() & 7)
        }
    }

    private mutating func skip(bytes count: Int) throws(ForwardedRequestError) {
        guard count <= end - position else { throw .unexpectedEnd }
        position += count
    }
}
