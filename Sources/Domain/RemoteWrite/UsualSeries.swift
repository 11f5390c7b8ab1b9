/// Recognises a series in the form in which Prometheus writes it, which nearly all have.
///
/// Labels first, then float samples, lengths in their shortest form, nothing unknown. It exists for
/// speed alone: what it does not recognise is surveyed field by field.
struct UsualSeries {
    /// The label fields, in the form of `LabelSet.wire`.
    let labels: Range<Int>
    let sampleCount: Int

    init?(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        var cursor = WireCursor(bytes, in: range)
        while cursor.peek == 0x0A {
            guard Self.passLabel(&cursor) else { return nil }
        }
        labels = range.lowerBound..<cursor.position
        var samples = 0
        while cursor.peek == 0x12 {
            guard Self.passSample(&cursor) else { return nil }
            samples += 1
        }
        guard cursor.isAtEnd else { return nil }
        sampleCount = samples
    }

    private static func passLabel(_ cursor: inout WireCursor) -> Bool {
        guard cursor.take(0x0A), let label = cursor.shortDelimited() else { return false }
        var inner = WireCursor(cursor.bytes, in: label)
        guard inner.take(0x0A), inner.shortDelimited() != nil, inner.take(0x12),
            inner.shortDelimited() != nil
        else { return false }
        return inner.isAtEnd
    }

    private static func passSample(_ cursor: inout WireCursor) -> Bool {
        guard cursor.take(0x12), let sample = cursor.shortDelimited() else { return false }
        var inner = WireCursor(cursor.bytes, in: sample)
        return readSample(&inner) != nil
    }

    /// Value, then timestamp, and the end; either is left out when it is zero.
    static func readSample(_ cursor: inout WireCursor) -> (timestamp: Int64, value: UInt64)? {
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
