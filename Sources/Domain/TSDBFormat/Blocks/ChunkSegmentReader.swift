import SnappyCodec

/// Finds chunks in the bytes of one file.
package struct ChunkSegmentReader: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) throws(TSDBFormatError) {
        var header = ByteReader(bytes)
        guard try header.be32() == ChunkSegment.magic else {
            throw header.corrupt("invalid magic number")
        }
        let version = try header.u8()
        guard version == ChunkSegment.version else {
            throw TSDBFormatError(.unsupported, "invalid chunk format version \(version)", at: 4)
        }
        _ = try header.bytes(3)
        self.bytes = bytes
    }

    /// A chunk without its frame; its payload shares the bytes of the file.
    package struct Chunk: Hashable, Sendable {
        package let encoding: ChunkEncoding
        package let payload: ArraySlice<UInt8>

        package var reader: ChunkReader { ChunkReader(encoding: encoding, payload: payload) }
    }

    /// The chunk at an offset of the file.
    package func chunk(at offset: Int) throws(TSDBFormatError) -> Chunk {
        guard offset >= ChunkSegment.headerSize, offset < bytes.count else {
            throw TSDBFormatError(.corrupt, "chunk lies outside of its file", at: offset)
        }
        var reader = ByteReader(bytes[offset...])
        let length = try reader.count()
        let guarded = try reader.bytes(length + 1)
        let expected = try reader.be32()
        let actual = CRC32C.checksum(guarded)
        guard actual == expected else {
            throw TSDBFormatError(
                .corrupt,
                "checksum mismatch expected:\(String(expected, radix: 16)), "
                    + "actual:\(String(actual, radix: 16))", at: offset)
        }
        guard let encoding = ChunkEncoding(rawValue: guarded[guarded.startIndex]) else {
            throw TSDBFormatError(
                .unsupported, "invalid chunk encoding \(guarded[guarded.startIndex])", at: offset)
        }
        return Chunk(encoding: encoding, payload: guarded.dropFirst())
    }
}
