import SnappyCodec
import TSDBFormat
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    /// The check value, and those of RFC 3720, appendix B.4.
    @Test(
        "has the values of the standard",
        arguments: [
            ([], 0), (Array("123456789".utf8), 0xE306_9283),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E), (Array((0..<32).reversed()), 0x113F_DB5C),
        ] as [([UInt8], UInt32)])
    func standard(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.checksum(bytes) == checksum)
    }

    @Test("counts a slice from its own start", arguments: 0..<20)
    func slices(start: Int) {
        let bytes = (0..<100).map { UInt8($0) }
        #expect(CRC32C.checksum(bytes[start...]) == CRC32C.checksum(Array(bytes[start...])))
    }
}
