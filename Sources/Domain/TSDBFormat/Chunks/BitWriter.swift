/// A stream of bits, the highest of each number first.
struct BitWriter: Sendable {
    private var words: [UInt64] = []
    /// The bits behind the last whole word, from the top; the rest is zero.
    private var pending: UInt64 = 0
    private var pendingCount: UInt8 = 0

    /// Bytes that the bits take, the last filled up with zeros.
    var byteCount: Int { words.count * 8 + (Int(pendingCount) + 7) / 8 }

    /// Appends the low 1...64 bits of a number; the others have to be zero.
    @inline(__always)
    mutating func write(_ value: UInt64, count: Int) {
        let free = 64 &- Int(pendingCount)
        if count < free {
            pending |= value &<< UInt64(free &- count)
            pendingCount &+= UInt8(truncatingIfNeeded: count)
        } else {
            let rest = count &- free
            words.append(pending | value &>> UInt64(rest))
            // By 64 where nothing is left, which has to give zero.
            pending = value << UInt64(64 &- rest)
            pendingCount = UInt8(truncatingIfNeeded: rest)
        }
    }

    /// Appends Go's unsigned varint, byte by byte.
    mutating func writeUvarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            write(rest & 0x7F | 0x80, count: 8)
            rest >>= 7
        }
        write(rest, count: 8)
    }

    /// Appends Go's signed varint, byte by byte.
    mutating func writeVarint(_ value: Int64) {
        writeUvarint(value.zigzag)
    }

    /// A header and all bits behind it, the last byte filled up with zeros.
    func bytes(after header: [UInt8]) -> [UInt8] {
        [UInt8](capacity: header.count + byteCount) { output in
            for byte in header { output.append(byte) }
            for word in words { output.appendBigEndian(word) }
            var rest = pending
            for _ in stride(from: 0, to: Int(pendingCount), by: 8) {
                output.append(UInt8(rest >> 56))
                rest <<= 8
            }
        }
    }
}

extension Int64 {
    /// Small numbers of either sign as small unsigned ones.
    var zigzag: UInt64 { UInt64(bitPattern: self << 1 ^ self >> 63) }
}
