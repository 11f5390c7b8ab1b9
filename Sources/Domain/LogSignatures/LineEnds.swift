/// Looks for line ends, eight bytes at a time.
enum LineEnds {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    static func count(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var starts: [Int] = []
        return count(in: bytes, range, startsOfBadKlog: &starts)
    }

    /// Also adds where lines begin behind them that may be klog's, of level warning or above.
    static func count(
        in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, startsOfBadKlog starts: inout [Int]
    ) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var index = range.lowerBound
        var count = 0
        while range.upperBound &- index >= 8 {
            let word =
                base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                ^ (ones &* UInt64(UInt8(ascii: "\n")))
            // The high bit of each byte that is zero, exactly.
            var ends = ~(((word & low) &+ low) | word | low)
            while ends != 0 {
                count &+= 1
                note(index &+ ends.trailingZeroBitCount / 8 &+ 1, in: bytes, &starts)
                ends &= ends &- 1
            }
            index &+= 8
        }
        while index < range.upperBound {
            if base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\n") {
                count += 1
                note(index + 1, in: bytes, &starts)
            }
            index += 1
        }
        return count
    }

    @inline(__always)
    private static func note(
        _ start: Int, in bytes: UnsafeRawBufferPointer, _ starts: inout [Int]
    ) {
        if start < bytes.count, KlogLine.isBadLevel(bytes[start]) { starts.append(start) }
    }
}
