/// What Prometheus' `encoding.Encbuf` writes, into room that is there already.
extension OutputSpan<UInt8> {
    mutating func appendBigEndian<Number: FixedWidthInteger>(_ value: Number) {
        var shift = Number.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: value &>> Number(truncatingIfNeeded: shift)))
        }
    }

    /// Go's unsigned varint, at most ten bytes.
    mutating func appendUvarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Go's signed varint, at most ten bytes.
    mutating func appendVarint(_ value: Int64) {
        appendUvarint(value.zigzag)
    }

    /// A text with its length before it.
    mutating func appendText(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        appendUvarint(UInt64(range.count))
        withUnsafeMutableBufferPointer { buffer, count in
            let end = count + range.count
            UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<end]
            )
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
            count = end
        }
    }
}

/// The same for arrays, which take room as they need it.
extension [UInt8] {
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        append(addingCapacity: value.bitWidth / 8) { $0.appendBigEndian(value) }
    }

    mutating func appendDouble(_ value: Double) {
        appendBigEndian(value.bitPattern)
    }

    mutating func appendUvarint(_ value: UInt64) {
        append(addingCapacity: 10) { $0.appendUvarint(value) }
    }

    mutating func appendUvarint(_ value: Int) {
        appendUvarint(UInt64(value))
    }

    mutating func appendVarint(_ value: Int64) {
        appendUvarint(value.zigzag)
    }

    /// A text with its length before it.
    mutating func appendText(_ text: some Collection<UInt8>) {
        appendUvarint(text.count)
        append(contentsOf: text)
    }
}
