/// A file of `chunks` in a block (Prometheus' tsdb/chunks/chunks.go).
///
///     header: be32 magic │ u8 version │ 3 zeros
///     chunk:  uvarint length │ u8 encoding │ payload │ be32 checksum of encoding and payload
package enum ChunkSegment {
    static let magic: UInt32 = 0x85BD_40DD
    static let version: UInt8 = 1
    package static let headerSize = 8
    /// Bytes that one file has at most.
    package static let sizeLimit = 512 << 20

    /// The file of a number that counts from 0, as it is named in the folder.
    package static func fileName(_ number: Int) -> String {
        let digits = String(number + 1)
        return String(repeating: "0", count: max(6 - digits.count, 0)) + digits
    }
}

/// Where a chunk begins: the number of its file, counted from 0, and the offset in it.
package struct ChunkReference: Hashable, Sendable, Comparable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(segment: Int, offset: Int) {
        rawValue =
            UInt64(truncatingIfNeeded: segment) << 32 | UInt64(UInt32(truncatingIfNeeded: offset))
    }

    package var segment: Int { Int(rawValue >> 32) }
    package var offset: Int { Int(rawValue & 0xFFFF_FFFF) }

    package static func < (left: ChunkReference, right: ChunkReference) -> Bool {
        left.rawValue < right.rawValue
    }
}
