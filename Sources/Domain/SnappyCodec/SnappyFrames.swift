/// The framed snappy stream, in which gRPC messages of Thanos travel (remote write uses blocks).
///
/// ```
/// ff 06 00 00 "sNaPpY"                                 once at least, first
/// 00 | length: 3 bytes LE | masked CRC-32C: 4 LE | block
/// 01 | length: 3 bytes LE | masked CRC-32C: 4 LE | bytes as they are
/// 80 ... fe | length: 3 bytes LE | skipped
/// ```
///
/// A chunk holds at most 65,536 bytes when decompressed, and the checksum is theirs
/// (framing_format.txt of google/snappy).
package enum SnappyFrames {
    static let identifier: [UInt8] = [0xFF, 0x06, 0x00, 0x00] + Array("sNaPpY".utf8)
    static let chunkLimit = 65_536
    /// Type and length of a chunk, and the checksum that data begins with.
    static let headerSize = 4
    static let checksumSize = 4

    /// The checksum as it is stored: rotated, so that sums of sums are not degenerate.
    static func maskedChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let sum = CRC32C.checksum(bytes)
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
}
