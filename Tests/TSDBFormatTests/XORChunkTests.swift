import TSDBFormat
import TestSupport
import Testing
import TimeSeries

@Suite("XOR chunks")
struct XORChunkTests {
    /// Written by hand from the format, and printed as these samples by promtool 2.42.
    static let known: [Sample] = [
        Sample(timestamp: 1000, value: 1), Sample(timestamp: 16_000, value: 1),
        Sample(timestamp: 31_000, value: 2), Sample(timestamp: 46_001, value: 2.5),
        Sample(timestamp: 200_000, value: -1),
        Sample(timestamp: 10_000_000, value: Double(bitPattern: 0x7ff8_0000_0000_0000)),
    ]
    static let knownPayload = hex(
        "0006d00f3ff000000000000098753097ffe0007683e21ef6c077ffbe0000000001265f636004")

    static func payload(_ samples: [Sample]) -> [UInt8] {
        var chunk = XORChunk()
        for sample in samples { chunk.append(timestamp: sample.timestamp, value: sample.value) }
        return chunk.payload
    }

    static func isSame(_ points: [ChunkPoint], _ samples: [Sample]) -> Bool {
        points.count == samples.count
            && zip(points, samples).allSatisfy { point, sample in
                guard case .float(let float) = point else { return false }
                return float.timestamp == sample.timestamp
                    && float.value.bitPattern == sample.value.bitPattern
            }
    }

    @Test("are what Prometheus reads")
    func writesKnownBytes() {
        #expect(Self.payload(Self.known) == Self.knownPayload)
    }

    @Test("are read back from known bytes")
    func readsKnownBytes() throws {
        #expect(Self.isSame(try points(.xor, Self.knownPayload), Self.known))
    }

    @Test("say their size while they grow")
    func size() {
        var chunk = XORChunk()
        #expect(chunk.payload == [0, 0])
        for sample in Self.known {
            chunk.append(timestamp: sample.timestamp, value: sample.value)
            #expect(chunk.byteCount == chunk.payload.count)
        }
        #expect(chunk.count == Self.known.count)
    }

    /// Where each way to write a change of delta begins and ends.
    @Test(
        "keep every change of the time between samples",
        arguments: [
            0, 1, -1, 8191, 8192, 8193, -8191, -8192, 65_535, 65_536, 65_537, -65_535, -65_536,
            524_287, 524_288, 524_289, -524_287, -524_288, .max, .min, .max / 2, .min / 2,
        ] as [Int64])
    func deltas(change: Int64) throws {
        var samples = [Sample(timestamp: 5, value: 1), Sample(timestamp: 10, value: 1)]
        samples.append(Sample(timestamp: 15 &+ change, value: 1))
        samples.append(Sample(timestamp: 20, value: 2))
        #expect(Self.isSame(try points(.xor, Self.payload(samples)), samples))
    }

    @Test("keep whatever is put into them", arguments: 1...60 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let samples = Self.samples(count: Int.random(in: 1...300, using: &numbers), &numbers)
        #expect(Self.isSame(try points(.xor, Self.payload(samples)), samples), "seed \(seed)")
    }

    static func samples(count: Int, _ numbers: inout SeededNumbers) -> [Sample] {
        var timestamp = Int64.random(in: -10_000...2_000_000_000_000, using: &numbers)
        var value = 0.0
        return (0..<count).map { _ in
            let bits = Int64.random(in: 0...40, using: &numbers)
            timestamp &+= Int64.random(in: -1...(1 << bits), using: &numbers)
            switch Int.random(in: 0...4, using: &numbers) {
            case 0: break
            case 1: value += 1
            case 2: value = Double.random(in: -1000...1000, using: &numbers)
            case 3: value = Double(bitPattern: numbers.next())
            default: value = Sample.staleMarker
            }
            return Sample(timestamp: timestamp, value: value)
        }
    }

    @Test("hold as many samples as their count can say")
    func full() throws {
        var chunk = XORChunk()
        for index in 0..<XORChunk.maximumCount {
            chunk.append(timestamp: Int64(index) * 15_000, value: Double(index))
        }
        #expect(try points(.xor, chunk.payload).count == 65_535)
    }

    @Test("that are cut short are an error, not a crash")
    func truncation() {
        for end in 0..<Self.knownPayload.count {
            #expect(throws: TSDBFormatError.self) {
                try points(.xor, Array(Self.knownPayload[..<end]))
            }
        }
    }

    @Test("end for good with an error")
    func errorEnds() throws {
        var reader = ChunkReader(encoding: .xor, payload: Array(Self.knownPayload.dropLast(20)))
        #expect(throws: TSDBFormatError.self) { while try reader.next() != nil {} }
        #expect(try reader.next() == nil)
    }

    @Test("with a window beyond 64 bits, or none, are an error")
    func windows() throws {
        // One sample, then a delta of 0 and a value "10": the last window, which there is not.
        let start = hex("000200") + [UInt8](repeating: 0, count: 8) + [0]
        #expect(throws: TSDBFormatError.self) { try points(.xor, start + [0b1000_0000]) }
        // "11", 31 leading and 63 significant bits.
        let window: [UInt8] = [0b1111_1111, 0b1111_1000] + [UInt8](repeating: 0, count: 9)
        #expect(throws: TSDBFormatError.self) { try points(.xor, start + window) }
    }
}
