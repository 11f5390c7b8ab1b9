/// Recognises a series in the form in which Prometheus writes it, which nearly all have.
///
/// Labels first, then float samples, lengths in their shortest form, nothing unknown. It exists for
/// speed alone: what it does not recognise is surveyed field by field.
struct UsualSeries {
    /// The label fields, in the form of `LabelSet.wire`.
    let labels: Range<Int>
    let sampleCount: Int

    /// What begins a label: field 1, with a length.
    static let labelTag: UInt8 = 0x0A

    init?(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        var cursor = WireCursor(bytes, in: range)
        while cursor.peek == Self.labelTag {
            guard cursor.passShortLabel() || Self.passLabel(&cursor) else { return nil }
        }
        labels = range.lowerBound..<cursor.position
        var samples = 0
        while !cursor.isAtEnd {
            guard Self.sample(&cursor) != nil else { return nil }
            samples += 1
        }
        sampleCount = samples
    }

    /// The label fields of a series that is known to have this form.
    static func labels(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) -> Range<Int> {
        var cursor = WireCursor(bytes, in: range)
        var end = range.lowerBound
        while cursor.take(labelTag), cursor.shortDelimited() != nil {
            end = cursor.position
        }
        return range.lowerBound..<end
    }

    private static func passLabel(_ cursor: inout WireCursor) -> Bool {
        guard cursor.take(labelTag), let label = cursor.shortDelimited() else { return false }
        var inner = WireCursor(cursor.bytes, in: label)
        guard inner.take(0x0A), inner.shortDelimited() != nil, inner.take(0x12),
            inner.shortDelimited() != nil
        else { return false }
        return inner.isAtEnd
    }

    /// The sample at the cursor, which is then behind it; nil where there is none of this form.
    @inline(__always)
    static func sample(_ cursor: inout WireCursor) -> (timestamp: Int64, value: UInt64)? {
        guard cursor.take(0x12), let field = cursor.shortDelimited() else { return nil }
        var inner = WireCursor(cursor.bytes, in: field)
        return readSample(&inner)
    }

    /// Value, then timestamp, and the end; either is left out when it is zero.
    private static func readSample(
        _ cursor: inout WireCursor
    ) -> (timestamp: Int64, value: UInt64)? {
        var value: UInt64 = 0
        var timestamp: UInt64 = 0
        if cursor.take(0x09) {
            guard let bits = try? cursor.fixed64() else { return nil }
            value = bits
        }
        if cursor.take(0x10) {
            guard let number = try? cursor.varint() else { return nil }
            timestamp = number
        }
        return cursor.isAtEnd ? (Int64(bitPattern: timestamp), value) : nil
    }
}
