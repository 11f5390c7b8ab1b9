import CSnappy

extension SnappyFrames {
    /// Decompresses a whole stream that yields at most `limit` bytes; no bytes yield none.
    ///
    /// All lengths are added up and checked before memory is taken.
    package static func decode(_ stream: [UInt8], limit: Int) throws(SnappyError) -> [UInt8] {
        let chunks = try dataChunks(of: stream)
        let total = chunks.reduce(0) { $0 + $1.decodedCount }
        guard total <= limit else { throw .tooLarge(declared: total, limit: limit) }
        var intact = true
        let decoded = [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
            let output = UnsafeMutableRawBufferPointer(buffer)
            stream.withUnsafeBytes { input in
                for chunk in chunks where intact {
                    let place = output[count..<count + chunk.decodedCount]
                    intact = chunk.decode(input, into: .init(rebasing: place))
                    count += intact ? chunk.decodedCount : 0
                }
            }
        }
        guard intact else { throw .corrupt }
        return decoded
    }

    private static func dataChunks(of stream: [UInt8]) throws(SnappyError) -> [DataChunk] {
        guard stream.isEmpty || stream.starts(with: identifier) else { throw .corrupt }
        var chunks: [DataChunk] = []
        var position = 0
        while position < stream.count {
            guard let header = ChunkHeader(stream, at: position) else { throw .corrupt }
            let body = position + headerSize..<position + headerSize + header.length
            guard body.upperBound <= stream.count else { throw .corrupt }
            switch header.type {
            case 0x00, 0x01:
                guard let chunk = DataChunk(header.type, body, of: stream) else { throw .corrupt }
                chunks.append(chunk)
            case 0x80...0xFE: break
            case 0xFF where stream[position..<body.upperBound].elementsEqual(identifier): break
            default: throw .corrupt
            }
            position = body.upperBound
        }
        return chunks
    }
}

private struct ChunkHeader {
    let type: UInt8
    let length: Int

    init?(_ stream: [UInt8], at position: Int) {
        guard stream.count - position >= SnappyFrames.headerSize else { return nil }
        type = stream[position]
        length =
            Int(stream[position + 1]) | Int(stream[position + 2]) << 8
            | Int(stream[position + 3]) << 16
    }
}

/// A chunk of data whose lengths are plausible.
private struct DataChunk {
    let isCompressed: Bool
    let payload: Range<Int>
    let decodedCount: Int
    private let checksum: UInt32

    init?(_ type: UInt8, _ body: Range<Int>, of stream: [UInt8]) {
        guard body.count >= SnappyFrames.checksumSize else { return nil }
        payload = body.lowerBound + SnappyFrames.checksumSize..<body.upperBound
        isCompressed = type == 0x00
        let count =
            isCompressed
            ? SnappyBlock.plausibleLength(of: stream[payload]) : payload.count
        guard let count, count <= SnappyFrames.chunkLimit else { return nil }
        decodedCount = count
        checksum = stream[body.prefix(SnappyFrames.checksumSize)].reversed()
            .reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether the payload decompressed to what was declared, with the right checksum.
    func decode(
        _ stream: UnsafeRawBufferPointer, into place: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let source = UnsafeRawBufferPointer(rebasing: stream[payload])
        if isCompressed {
            var length = decodedCount
            let status = snappy_uncompress(
                source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count,
                place.baseAddress?.assumingMemoryBound(to: CChar.self), &length)
            guard status == SNAPPY_OK, length == decodedCount else { return false }
        } else {
            place.copyMemory(from: source)
        }
        return SnappyFrames.maskedChecksum(UnsafeRawBufferPointer(place)) == checksum
    }
}
