extension SnappyFrames {
    /// Compresses bytes into a whole stream; chunks that hardly shrink are left as they are.
    package static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var stream = identifier
        stream.reserveCapacity(identifier.count + bytes.count / 2)
        for start in stride(from: 0, to: bytes.count, by: chunkLimit) {
            let chunk = bytes[start..<min(start + chunkLimit, bytes.count)]
            append(chunk, to: &stream)
        }
        return stream
    }

    private static func append(_ chunk: ArraySlice<UInt8>, to stream: inout [UInt8]) {
        let block = SnappyBlock.encode(chunk)
        let isSmaller = block.count < chunk.count - chunk.count / 8
        let length = checksumSize + (isSmaller ? block.count : chunk.count)
        stream.append(isSmaller ? 0x00 : 0x01)
        withUnsafeBytes(of: UInt32(length).littleEndian) { stream.append(contentsOf: $0.prefix(3)) }
        let checksum = chunk.withUnsafeBytes(maskedChecksum)
        withUnsafeBytes(of: checksum.littleEndian) { stream.append(contentsOf: $0) }
        if isSmaller {
            stream.append(contentsOf: block)
        } else {
            stream.append(contentsOf: chunk)
        }
    }
}
