import SnappyCodec
import Testing

@Suite("Snappy blocks")
struct SnappyBlockTests {
    @Test("come back from a round trip", arguments: [0, 1, 59, 60, 61, 4096, 100_000])
    func roundTrip(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let block = SnappyBlock.encode(bytes)
        #expect(SnappyBlock.declaredLength(of: block) == size)
        #expect(try SnappyBlock.decode(block, limit: size) == bytes)
    }

    @Test("of zeros are not taken for lies, however well they compress")
    func highRatio() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        #expect(try SnappyBlock.decode(SnappyBlock.encode(zeros), limit: 1 << 20) == zeros)
    }

    @Test("may be the single byte that stands for nothing")
    func emptyBlock() throws {
        #expect(try SnappyBlock.decode([0], limit: 0) == [])
    }

    @Test(
        "are corrupt",
        arguments: [
            [], [0x80], [5], [3, 0x08, 0x61, 0x62], [4, 0x0C, 0x61, 0x62, 0x63, 0x64, 0x65],
            // 4 GiB - 1, and a length of more than 32 bits.
            [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0],
            // A copy from before the start.
            [4, 0x01, 0x01],
            Array("garbage".utf8),
            // The framed format's stream identifier.
            [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59],
        ] as [[UInt8]])
    func corrupt(block: [UInt8]) {
        #expect(throws: SnappyError.corrupt) {
            try SnappyBlock.decode(block, limit: .max)
        }
    }

    @Test("are corrupt wherever they are cut off")
    func everyTruncation() {
        let block = SnappyBlock.encode(Array("a long enough text, a long enough text".utf8))
        for length in 0..<block.count {
            #expect(throws: SnappyError.corrupt) {
                try SnappyBlock.decode(Array(block[..<length]), limit: 1 << 20)
            }
        }
    }

    @Test("above the limit are refused by their declared length")
    func limit() {
        let block = SnappyBlock.encode([UInt8](repeating: 1, count: 101))
        #expect(throws: SnappyError.tooLarge(declared: 101, limit: 100)) {
            try SnappyBlock.decode(block, limit: 100)
        }
    }
}
