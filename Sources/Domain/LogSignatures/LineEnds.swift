/// Looks for line ends, eight bytes at a time.
enum LineEnds {
    private static let ones = SIMD4<UInt64>(repeating: 0x0101_0101_0101_0101)
    private static let high = SIMD4<UInt64>(repeating: 0x8080_8080_8080_8080)
    private static let newlines = SIMD4<UInt64>(repeating: 0x0A0A_0A0A_0A0A_0A0A)
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
        while range.upperBound &- index >= 32 {
            let words = base.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self) ^ newlines
            // Has a bit where a byte is zero, and none where no byte is.
            let hints = (words &- ones) & ~words & high
            if hints != SIMD4() {
                for lane in 0..<4 where hints[lane] != 0 {
                    count &+= noteEnds(words[lane], at: index &+ 8 &* lane, in: bytes, &starts)
                }
            }
            index &+= 32
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

    /// Of eight bytes, those that are zero.
    private static func noteEnds(
        _ word: UInt64, at index: Int, in bytes: UnsafeRawBufferPointer, _ starts: inout [Int]
    ) -> Int {
        // The high bit of each byte that is zero, exactly.
        var ends = ~(((word & low) &+ low) | word | low)
        let count = ends.nonzeroBitCount
        while ends != 0 {
            note(index &+ ends.trailingZeroBitCount / 8 &+ 1, in: bytes, &starts)
            ends &= ends &- 1
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
