import SnappyCodec

/// Lays chunks one behind the other, file by file; whoever has it writes the bytes out.
package struct ChunkSegmentWriter: Sendable {
    /// The file that is being filled; counts from 0.
    package private(set) var segment: Int
    /// Bytes of that file so far.
    package private(set) var offset: Int
    private let sizeLimit: Int

    /// Starts the first file, which the header has to be appended for.
    package init(sizeLimit: Int = ChunkSegment.sizeLimit, to output: inout [UInt8]) {
        self.sizeLimit = sizeLimit
        segment = 0
        offset = 0
        appendHeader(to: &output)
    }

    /// Appends a chunk and answers where it is.
    ///
    /// Nil, and nothing is appended, where the file is full: then `startSegment` comes first.
    package mutating func append(
        _ encoding: ChunkEncoding, _ payload: [UInt8], to output: inout [UInt8]
    ) -> ChunkReference? {
        let start = output.count
        output.appendUvarint(payload.count)
        let data = output.count
        output.append(encoding.rawValue)
        output += payload
        output.appendBigEndian(CRC32C.checksum(output[data...]))
        let size = output.count - start
        guard offset + size <= sizeLimit || offset == ChunkSegment.headerSize else {
            output.removeSubrange(start...)
            return nil
        }
        defer { offset += size }
        return ChunkReference(segment: segment, offset: offset)
    }

    /// Goes on to the next file, whose bytes come from here on.
    package mutating func startSegment(to output: inout [UInt8]) {
        segment += 1
        offset = 0
        appendHeader(to: &output)
    }

    private mutating func appendHeader(to output: inout [UInt8]) {
        output.appendBigEndian(ChunkSegment.magic)
        output += [ChunkSegment.version, 0, 0, 0]
        offset += ChunkSegment.headerSize
    }
}
