import NIOCore
import SnappyCodec
import Testing

@testable import ThanosGRPC

@Suite("Messages of a stream")
struct MessageAssemblyTests {
    private func prefixed(_ message: [UInt8], flag: UInt8) -> [UInt8] {
        [flag] + withUnsafeBytes(of: UInt32(message.count).bigEndian, Array.init) + message
    }

    @Test("come together from pieces of any size", arguments: [1, 2, 3, 4, 5, 6, 7, 64])
    func pieces(size: Int) throws {
        let messages = [[], [1], [UInt8](repeating: 9, count: 300)]
        let stream = messages.flatMap { prefixed(SnappyFrames.encode($0), flag: 1) }
        var assembly = MessageAssembly(limit: 300, isSnappy: true)
        var assembled: [[UInt8]] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            assembly.append(ByteBuffer(bytes: stream[start...].prefix(size)))
            while let message = try assembly.next() {
                assembled.append(Array(message.readableBytesView))
            }
        }
        #expect(assembled == messages.map { prefixed($0, flag: 0) })
    }

    @Test("of which something is missing are waited for", arguments: 0..<25)
    func truncated(length: Int) throws {
        let stream = prefixed(SnappyFrames.encode([1, 2, 3]), flag: 1)
        var assembly = MessageAssembly(limit: 100, isSnappy: true)
        assembly.append(ByteBuffer(bytes: stream.prefix(length)))
        #expect(try (assembly.next() == nil) == (length < stream.count))
    }

    @Test("are left alone when they are not compressed, or not by snappy")
    func untouched() throws {
        for (flag, isSnappy) in [(0, true), (0, false), (1, false)] as [(UInt8, Bool)] {
            let message = prefixed([1, 2, 3], flag: flag)
            var assembly = MessageAssembly(limit: 3, isSnappy: isSnappy)
            assembly.append(ByteBuffer(bytes: message))
            #expect(try assembly.next() == ByteBuffer(bytes: message))
        }
    }

    @Test("that announce too much are refused before they are there")
    func tooLarge() throws {
        var assembly = MessageAssembly(limit: 10, isSnappy: false)
        assembly.append(ByteBuffer(bytes: [0, 0xFF, 0xFF, 0xFF, 0xFF]))
        #expect(
            throws: CallFailure(
                .resourceExhausted, "grpc: received message larger than max (4294967295 vs. 10)")
        ) { try assembly.next() }
    }

    @Test("that do not decompress are refused")
    func corrupt() throws {
        var assembly = MessageAssembly(limit: 10, isSnappy: true)
        assembly.append(ByteBuffer(bytes: prefixed([1, 2, 3], flag: 1)))
        #expect(
            throws: CallFailure(
                .internal, "grpc: failed to decompress the received message: snappy: corrupt input")
        ) { try assembly.next() }
    }
}
