import NIOCore
import SnappyCodec

/// Puts the messages of one stream together from the pieces in which they arrive.
///
/// ```
/// compressed: 1 byte | length: 4 bytes BE | message          (PROTOCOL-HTTP2.md of gRPC)
/// ```
struct MessageAssembly {
    private static let prefixSize = 5

    /// The most bytes of a message, before and after it is decompressed.
    let limit: Int
    /// Whether the stream declared that its messages are compressed with snappy.
    let isSnappy: Bool
    private var received = ByteBuffer()

    init(limit: Int, isSnappy: Bool) {
        self.limit = limit
        self.isSnappy = isSnappy
    }

    mutating func append(_ piece: ByteBuffer) {
        received.writeImmutableBuffer(piece)
    }

    /// The next whole message with its prefix, decompressed; nil when bytes of it are missing.
    mutating func next() throws(CallFailure) -> ByteBuffer? {
        let start = received.readerIndex
        guard let flag = received.getInteger(at: start, as: UInt8.self),
            let length = received.getInteger(at: start + 1, as: UInt32.self).map(Int.init)
        else { return nil }
        guard length <= limit else {
            throw CallFailure(
                .resourceExhausted,
                "grpc: received message larger than max (\(length) vs. \(limit))")
        }
        guard let message = received.readSlice(length: Self.prefixSize + length) else {
            received.discardReadBytes()
            return nil
        }
        return isSnappy && flag == 1 ? try inflated(message) : message
    }

    private func inflated(_ message: ByteBuffer) throws(CallFailure) -> ByteBuffer {
        let stream = Array(message.readableBytesView.dropFirst(Self.prefixSize))
        let bytes: [UInt8]
        do throws(SnappyError) {
            bytes = try SnappyFrames.decode(stream, limit: limit)
        } catch {
            throw CallFailure(error, limit: limit)
        }
        var inflated = ByteBuffer()
        inflated.reserveCapacity(Self.prefixSize + bytes.count)
        inflated.writeInteger(UInt8(0))
        inflated.writeInteger(UInt32(bytes.count))
        inflated.writeBytes(bytes)
        return inflated
    }
}

extension CallFailure {
    /// As grpc-go tells it (`recvAndDecompress` in rpc_util.go).
    fileprivate init(_ error: SnappyError, limit: Int) {
        switch error {
        case .corrupt:
            self.init(
                .internal, "grpc: failed to decompress the received message: snappy: corrupt input")
        case .tooLarge:
            self.init(
                .resourceExhausted,
                "grpc: received message after decompression larger than max \(limit)")
        }
    }
}
