import CSnappy

/// The snappy block format, which remote write uses (not the framed stream format).
package enum SnappyBlock {
    /// The length that a block claims to have when decompressed; nil where it states none.
    ///
    /// 4 GiB - 1 and more count as corrupt, as S2's decoder has it (`decodedLen` in s2/decode.go).
    package static func declaredLength(of block: some Collection<UInt8>) -> Int? {
        var length: UInt64 = 0
        for (index, byte) in block.prefix(5).enumerated() {
            length |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte & 0x80 == 0 {
                return length < 0xFFFF_FFFF ? Int(length) : nil
            }
        }
        return nil
    }

    /// Decompresses a block whose declared length is within `limit`.
    ///
    /// The length is checked before any memory is taken.
    package static func decode(_ block: [UInt8], limit: Int) throws(SnappyError) -> [UInt8] {
        guard let declared = plausibleLength(of: block) else { throw .corrupt }
        guard declared <= limit else { throw .tooLarge(declared: declared, limit: limit) }
        var status = SNAPPY_OK
        let decoded = [UInt8](unsafeUninitializedCapacity: max(declared, 1)) { buffer, count in
            var length = declared
            status = block.withUnsafeBytes { input in
                snappy_uncompress(
                    input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
                    UnsafeMutableRawPointer(buffer.baseAddress)?
                        .assumingMemoryBound(to: CChar.self),
                    &length)
            }
            count = status == SNAPPY_OK ? min(length, declared) : 0
        }
        guard status == SNAPPY_OK, decoded.count == declared else { throw .corrupt }
        return decoded
    }

    /// The declared length, unless so few bytes cannot stand for so many.
    ///
    /// A three-byte copy yields at most 64 bytes, so a block that promises more than 22 times
    /// its size lies, and no memory is taken for it.
    package static func plausibleLength(of block: some Collection<UInt8>) -> Int? {
        declaredLength(of: block).flatMap { $0 <= block.count * 22 ? $0 : nil }
    }

    /// Compresses bytes into one block.
    package static func encode(_ bytes: [UInt8]) -> [UInt8] {
        encode(bytes[...])
    }

    static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let capacity = snappy_max_compressed_length(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = capacity
            _ = bytes.withUnsafeBytes { input in
                snappy_compress(
                    input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
                    UnsafeMutableRawPointer(buffer.baseAddress)?
                        .assumingMemoryBound(to: CChar.self),
                    &count)
            }
        }
    }
}
