/// Cuts what comes in pieces into blocks of 64 bytes, and pads the end of the message.
///
/// SHA-256 (FIPS 180-4, 5.1.1) and MD5 (RFC 1321, 3.1) pad alike: a one bit, zeros, and the
/// message's length in 64 bits, whose byte order is the difference.
struct BlockStream {
    static let blockSize = 64

    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    mutating func append(
        _ bytes: UnsafeRawBufferPointer, compress: (UnsafeRawPointer) -> Void
    ) {
        length &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(Self.blockSize - pending.count)
            pending += missing
            rest = rest.dropFirst(missing.count)
            guard pending.count == Self.blockSize else { return }
            _ = pending.withUnsafeBytes { $0.baseAddress.map(compress) }
            pending = []
        }
        pending += Self.compressBlocks(of: rest, compress)
    }

    mutating func finish(isBigEndian: Bool, compress: (UnsafeRawPointer) -> Void) {
        let bits = length &* 8
        let ordered = isBigEndian ? bits.bigEndian : bits.littleEndian
        var end: [UInt8] = [0x80]
        end += repeatElement(0, count: (119 - pending.count) % Self.blockSize)
        end += withUnsafeBytes(of: ordered) { Array($0) }
        end.withUnsafeBytes { append($0, compress: compress) }
    }

    /// Gives back what is less than a block.
    private static func compressBlocks(
        of bytes: Slice<UnsafeRawBufferPointer>, _ compress: (UnsafeRawPointer) -> Void
    ) -> Slice<UnsafeRawBufferPointer> {
        let whole = bytes.count / blockSize * blockSize
        if let start = UnsafeRawBufferPointer(rebasing: bytes).baseAddress {
            for offset in stride(from: 0, to: whole, by: blockSize) { compress(start + offset) }
        }
        return bytes.dropFirst(whole)
    }
}
