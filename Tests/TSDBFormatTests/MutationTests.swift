import SnappyCodec
import TSDBFormat
import TestSupport
import Testing
import TimeSeries

/// Damaged bytes may be an error or other data, but end no process; a trap ends the test run.
@Suite("Damaged bytes")
struct MutationTests {
    private static let rounds = 4000

    private static func damaged(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &numbers) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &numbers)
            switch Int.random(in: 0...4, using: &numbers) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
            case 1: bytes[place] = 0xFF
            case 2: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(0xFF, at: place)
            }
        }
        return bytes
    }

    private static func readAll(_ encoding: ChunkEncoding, _ payload: [UInt8]) {
        var reader = ChunkReader(encoding: encoding, payload: payload)
        while (try? reader.next()) != nil {}
    }

    @Test("of chunks", arguments: ChunkEncoding.allCases)
    func chunks(encoding: ChunkEncoding) throws {
        var numbers = SeededNumbers(seed: 17)
        let histograms = try HistogramChunkTests.stored().values.joined()
        let payloads =
            [XORChunkTests.knownPayload] + histograms.map { Array($0.payload) }
        for round in 0..<Self.rounds {
            Self.readAll(encoding, Self.damaged(payloads[round % payloads.count], &numbers))
        }
    }

    @Test("of the log")
    func log() throws {
        var numbers = SeededNumbers(seed: 18)
        let segment = Array(
            try Fixture.bytes("native-histograms/wal-segment").prefix { _ in true }.prefix(3000))
        for _ in 0..<Self.rounds {
            var reader = WALReader(segment: Self.damaged(segment, &numbers))
            while let record = try? reader.next() { _ = try? WALRecord(record) }
        }
        var records: [[UInt8]] = WALRecordTests.others.map(\.bytes)
        var whole = WALReader(segment: segment)
        while let record = try? whole.next() { records.append(record) }
        for round in 0..<Self.rounds {
            _ = try? WALRecord(Self.damaged(records[round % records.count], &numbers))
        }
    }

    /// Checksums are put right again, so that damage goes deeper.
    @Test("of an index")
    func index() {
        var numbers = SeededNumbers(seed: 19)
        let original = IndexWriter.file(of: IndexTests.generated(seed: 5))
        for _ in 0..<Self.rounds / 4 {
            let file = Self.resealed(Self.damaged(original, &numbers))
            guard let index = try? IndexReader(file) else { continue }
            for name in index.labelNames {
                for list in index.lists(of: name) { _ = try? index.series(in: list) }
            }
            for reference in (try? index.allSeries()) ?? [] { _ = try? index.series(reference) }
        }
    }

    private static func resealed(_ file: [UInt8]) -> [UInt8] {
        guard file.count > 60 else { return file }
        var file = file
        func seal(_ range: Range<Int>) {
            let sum = CRC32C.checksum(file[range])
            for (index, shift) in [24, 16, 8, 0].enumerated()
            where range.upperBound + index < file.count {
                file[range.upperBound + index] = UInt8(truncatingIfNeeded: sum >> UInt32(shift))
            }
        }
        func length(at offset: Int) -> Int {
            file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        let contents = file.count - 52
        seal(contents..<file.count - 4)
        let table = file[(contents + 40)..<(contents + 48)].reduce(0) { $0 &<< 8 | Int($1) }
        for offset in [5, table] where offset >= 5 && offset < contents - 8 {
            let end = offset + 4 + length(at: offset)
            if end <= contents - 4 { seal(offset + 4..<end) }
        }
        return file
    }
}
