/// The 64-bit xxHash with seed 0, by which Thanos places series and ring sections
/// (xxhash_spec.md in Cyan4973/xxHash).
package enum XXH64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The hash of all bytes.
    ///
    /// Complexity: linear, without allocation.
    package static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// The hash of all bytes.
    ///
    /// Complexity: linear, without allocation.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var position = 0
        var hash = prime5
        if bytes.count >= 32 {
            hash = stripes(bytes, &position)
        }
        hash &+= UInt64(bytes.count)
        return avalanche(tail(bytes, position, hash))
    }

    private static func stripes(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64 {
        var lane1 = prime1 &+ prime2
        var lane2 = prime2
        var lane3: UInt64 = 0
        var lane4 = 0 &- prime1
        while bytes.count - position >= 32 {
            lane1 = round(lane1, bytes.littleEndian(at: position))
            lane2 = round(lane2, bytes.littleEndian(at: position + 8))
            lane3 = round(lane3, bytes.littleEndian(at: position + 16))
            lane4 = round(lane4, bytes.littleEndian(at: position + 24))
            position += 32
        }
        var hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
        hash = merge(hash, lane1)
        hash = merge(hash, lane2)
        hash = merge(hash, lane3)
        return merge(hash, lane4)
    }

    private static func tail(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ initial: UInt64)
        -> UInt64
    {
        var hash = initial
        var position = start
        while bytes.count - position >= 8 {
            hash ^= round(0, bytes.littleEndian(at: position))
            hash = rotate(hash, 27) &* prime1 &+ prime4
            position += 8
        }
        if bytes.count - position >= 4 {
            let word: UInt32 = bytes.littleEndian(at: position)
            hash ^= UInt64(word) &* prime1
            hash = rotate(hash, 23) &* prime2 &+ prime3
            position += 4
        }
        while position < bytes.count {
            let byte: UInt8 = bytes.littleEndian(at: position)
            hash ^= UInt64(byte) &* prime5
            hash = rotate(hash, 11) &* prime1
            position += 1
        }
        return hash
    }

    private static func avalanche(_ value: UInt64) -> UInt64 {
        var hash = value
        hash ^= hash &>> 33
        hash &*= prime2
        hash ^= hash &>> 29
        hash &*= prime3
        hash ^= hash &>> 32
        return hash
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    private static func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 {
        (hash ^ round(0, lane)) &* prime1 &+ prime4
    }

    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value &<< bits | value &>> (64 - bits)
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian number that stands anywhere.
    @inline(__always)
    fileprivate func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int
    ) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
