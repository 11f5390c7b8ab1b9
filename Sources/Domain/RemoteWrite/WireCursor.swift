/// A place in protobuf bytes that never reads behind its end.
///
/// Errors come in the order of gogo/protobuf's generated code, which Thanos answers with. It is
/// valid only while the bytes are held in place; no view made with it leaves this module's
/// closures.
struct WireCursor {
    /// What stands before a field's value.
    struct Tag {
        let raw: UInt64
        /// gogo cuts the number to 32 bits.
        var field: Int32 { Int32(truncatingIfNeeded: raw >> 3) }
        var wireType: UInt8 { UInt8(raw & 7) }
    }

    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// The range lies within the bytes: it comes from `delimited`.
    init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    /// The next byte without passing it.
    var peek: UInt8? { position < end ? bytes[position] : nil }

    mutating func varint() throws(RemoteWriteError) -> UInt64 {
        if position < end {
            let byte = bytes[position]
            if byte < 0x80 {
                position += 1
                return UInt64(byte)
            }
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(RemoteWriteError) -> UInt64 {
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
        let value = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        position += 8
        return UInt64(littleEndian: value)
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

extension WireCursor {
    /// Passes over one byte if it is this one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Passes over a length of one or two bytes and what it counts; nil leaves the place undefined.
    ///
    /// For the walks that only recognise the usual, and leave everything else to the survey.
    mutating func shortDelimited() -> Range<Int>? {
        guard position < end else { return nil }
        var length = Int(bytes[position])
        position += 1
        if length >= 0x80 {
            guard position < end, bytes[position] > 0, bytes[position] < 0x80 else { return nil }
            length = length & 0x7F | Int(bytes[position]) << 7
            position += 1
        }
        guard length <= end - position else { return nil }
        defer { position += length }
        return position..<position + length
    }

    /// Passes over a label field whose lengths take one byte each, as nearly all do.
    ///
    /// `0A size 0A size name 12 size value`; before anything else it stays where it is.
    @inline(__always)
    mutating func passShortLabel() -> Bool {
        guard end - position >= 6 else { return false }
        let label = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
        let size = Int(label[1])
        guard label[0] == 0x0A, size < 0x80, size + 2 <= label.count, label[2] == 0x0A else {
            return false
        }
        let name = Int(label[3])
        guard name + 4 <= size, label[4 + name] == 0x12, name + 4 + Int(label[5 + name]) == size
        else { return false }
        position += size + 2
        return true
    }
}
