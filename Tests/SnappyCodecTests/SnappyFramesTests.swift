import SnappyCodec
import Testing

@Suite("Framed snappy streams")
struct SnappyFramesTests {
    /// `cramjam.snappy.compress` 2.14.0 (the Rust crate snap); python-snappy 0.7.3 gives the same.
    private static let vectors: [(stream: String, bytes: [UInt8])] = [
        ("ff060000734e6150705901050000786ee42861", Array("a".utf8)),
        (
            "ff060000734e61507059001200001ede5a9278147468616e6f73fe0600c60600",
            Array(String(repeating: "thanos", count: 20).utf8)
        ),
        (
            "ff060000734e6150705901220000e32631c8000102030405060708090a0b0c0d0e0f101112131415161718"
                + "191a1b1c1d",
            Array(0..<30)
        ),
    ]

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8).map { $0 < 0x40 ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    @Test("of other programs are read and written alike", arguments: 0..<3)
    func vector(index: Int) throws {
        let vector = Self.vectors[index]
        let stream = Self.bytes(vector.stream)
        #expect(try SnappyFrames.decode(stream, limit: 120) == vector.bytes)
        #expect(SnappyFrames.encode(vector.bytes) == stream)
    }

    @Test(
        "come back from a round trip",
        arguments: [0, 1, 65_535, 65_536, 65_537, 200_000], [UInt64(0), 1, 2])
    func roundTrip(size: Int, seed: UInt64) throws {
        var state = seed
        let bytes = (0..<size).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ seed
            return UInt8(truncatingIfNeeded: seed == 0 ? UInt64(index / 9) : state >> 56)
        }
        #expect(try SnappyFrames.decode(SnappyFrames.encode(bytes), limit: size) == bytes)
    }

    @Test("may hold padding, other chunks to skip, and the identifier again")
    func skipped() throws {
        let stream = Self.bytes(Self.vectors[0].stream)
        let padded = stream + [0xFE, 2, 0, 0, 9, 9] + [0x80, 0, 0, 0] + stream
        #expect(try SnappyFrames.decode(padded, limit: 2) == Array("aa".utf8))
    }

    @Test("that are cut off are corrupt, unless they end where a chunk does")
    func truncated() {
        let bytes = [UInt8](repeating: 7, count: 65_536)
        let first = SnappyFrames.encode(bytes).count
        let stream = SnappyFrames.encode(bytes + bytes)
        let decodable = (0...stream.count).filter { length in
            (try? SnappyFrames.decode(Array(stream.prefix(length)), limit: 1 << 20)) != nil
        }
        #expect(decodable == [0, 10, first, stream.count])
    }

    @Test(
        "are corrupt",
        arguments: [
            // No identifier; another one; a chunk that may not be skipped.
            "01050000786ee42861", "ff060000533273547750", "ff060000734e6150705902000000",
            // A wrong checksum, too little for one, a block without a length.
            "ff060000734e6150705901050000796ee42861", "ff060000734e6150705901030000786ee4",
            "ff060000734e6150705900040000786ee428",
            // A block that promises 65,537 bytes, and one that promises much from little.
            "ff060000734e6150705900070000786ee428818004",
            "ff060000734e6150705900060000786ee428ff7f",
        ])
    func corrupt(stream: String) {
        let stream = Self.bytes(stream)
        #expect(throws: SnappyError.corrupt) { try SnappyFrames.decode(stream, limit: .max) }
    }

    @Test("that yield more than is wanted are refused")
    func tooLarge() {
        let stream = SnappyFrames.encode([UInt8](repeating: 7, count: 100_000))
        #expect(throws: SnappyError.tooLarge(declared: 100_000, limit: 99_999)) {
            try SnappyFrames.decode(stream, limit: 99_999)
        }
    }

    @Test("have the checksum of the standard")
    func checksum() {
        #expect(Array("123456789".utf8).withUnsafeBytes(CRC32C.checksum) == 0xE306_9283)
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(zeros.withUnsafeBytes(CRC32C.checksum) == 0x8A91_36AA)
    }
}
