import SnappyCodec

/// A span of time in which the samples of a series count as deleted; milliseconds, both in it.
package struct Tombstone: Hashable, Sendable {
    package let reference: UInt64
    package let minTime: Int64
    package let maxTime: Int64

    package init(reference: UInt64, minTime: Int64, maxTime: Int64) {
        self.reference = reference
        self.minTime = minTime
        self.maxTime = maxTime
    }
}

/// The file `tombstones` of a block (Prometheus' tsdb/tombstones/tombstones.go).
package enum Tombstones {
    private static let magic: UInt32 = 0x0130_BA30
    private static let version: UInt8 = 1

    package static func file(of tombstones: [Tombstone]) -> [UInt8] {
        var entries: [UInt8] = []
        for tombstone in tombstones {
            entries.appendUvarint(tombstone.reference)
            entries.appendVarint(tombstone.minTime)
            entries.appendVarint(tombstone.maxTime)
        }
        var file: [UInt8] = []
        file.appendBigEndian(magic)
        file.append(version)
        file += entries
        file.appendBigEndian(CRC32C.checksum(entries))
        return file
    }

    package static func tombstones(in file: [UInt8]) throws(TSDBFormatError) -> [Tombstone] {
        var header = ByteReader(file)
        guard try header.be32() == magic else { throw header.corrupt("invalid magic number") }
        guard try header.u8() == version else { throw header.corrupt("invalid version") }
        var entries = ByteReader(try header.bytes(header.remaining - 4))
        guard try header.be32() == CRC32C.checksum(entries.rest) else {
            throw entries.corrupt("checksum did not match")
        }
        var tombstones: [Tombstone] = []
        while !entries.isAtEnd {
            tombstones.append(
                Tombstone(
                    reference: try entries.uvarint(), minTime: try entries.varint(),
                    maxTime: try entries.varint()))
        }
        return tombstones
    }
}
