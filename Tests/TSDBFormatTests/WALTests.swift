import TSDBFormat
import TestSupport
import Testing
import TimeSeries

@Suite("Pages of the log")
struct WALPageTests {
    /// Both records, and the segment that holds them, from the format; promtool 2.42 reads it.
    static let series = hex("01000000000000000102085f5f6e616d655f5f027570036a6f620161")
    static let samples = hex(
        "02000000000000000100000000000003e800003ff000000000000002024000000000000000")
    static let segment = hex("01001ce2137703") + series + hex("0100254ad5e2ad") + samples

    static func segment(_ records: [[UInt8]], compressing: Bool = false) -> [UInt8] {
        var writer = WALPageWriter()
        var segment: [UInt8] = []
        for record in records {
            let isTaken = writer.append(record, compressing: compressing, to: &segment)
            #expect(isTaken)
            #expect(writer.offset == segment.count)
        }
        return segment
    }

    static func records(_ segment: [UInt8]) throws -> [[UInt8]] {
        var reader = WALReader(segment: segment)
        var records: [[UInt8]] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    static func generated(_ sizes: [Int], seed: UInt64 = 1) -> [[UInt8]] {
        var numbers = SeededNumbers(seed: seed)
        return sizes.map { size in
            let pattern = (0..<97).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            return Array(repeatElement(pattern, count: size / 97 + 1).joined().prefix(size))
        }
    }

    @Test("are what Prometheus reads")
    func writesKnownBytes() throws {
        #expect(Self.segment([Self.series, Self.samples]) == Self.segment)
        #expect(try Self.records(Self.segment) == [Self.series, Self.samples])
    }

    /// Around the end of a page, where a header fits just so, or not any more.
    @Test("keep records of every size", arguments: Array(32_744...32_756) + [0, 65_522])
    func sizes(size: Int) throws {
        let records = Self.generated([size, 0, 5, 33_000, 1])
        #expect(try Self.records(Self.segment(records)) == records)
        #expect(try Self.records(Self.segment(records, compressing: true)) == records)
    }

    @Test("are compressed where that makes them smaller")
    func compression() throws {
        let repetitive = [UInt8](repeating: 7, count: 1000)
        let segment = Self.segment([repetitive, Self.series], compressing: true)
        #expect(segment[0] == 0x09)
        #expect(segment.count < 200)
        #expect(try Self.records(segment) == [repetitive, Self.series])
    }

    @Test("end with the segment: a record that does not fit starts the next one")
    func segmentEnd() {
        var writer = WALPageWriter(segmentSize: 2 * WALPage.size)
        var output: [UInt8] = []
        let whole = 2 * (WALPage.size - 7)
        let results = [whole - 8, 2, 1].map {
            writer.append([UInt8](repeating: 1, count: $0), compressing: false, to: &output)
        }
        #expect(results == [true, false, true])
        #expect(output.count == 2 * WALPage.size)
        var next = WALPageWriter(segmentSize: WALPage.size)
        let isTaken = next.append(
            [UInt8](repeating: 1, count: whole), compressing: false, to: &output)
        #expect(isTaken, "an empty segment takes every record")
    }

    @Test("are filled up before a segment is continued")
    func padding() throws {
        var writer = WALPageWriter()
        var segment: [UInt8] = []
        _ = writer.append(Self.series, to: &segment)
        writer.pad(to: &segment)
        writer.pad(to: &segment)
        #expect(segment.count == WALPage.size)
        var continued = WALPageWriter(offset: segment.count)
        _ = continued.append(Self.samples, to: &segment)
        #expect(try Self.records(segment) == [Self.series, Self.samples])
    }
}

@Suite("Damage to the log")
struct WALDamageTests {
    @Test("that cuts it short is told from other damage, and loses no whole record")
    func torn() throws {
        let records = WALPageTests.generated([40, 100, 300, 20])
        let segment = WALPageTests.segment(records)
        let ends = records.indices.map {
            WALPageTests.segment(Array(records[...$0])).count
        }
        for cut in 1..<segment.count where !ends.contains(cut) {
            var reader = WALReader(segment: Array(segment[..<cut]))
            let read = ends.count { $0 <= cut }
            for record in records[..<read] { #expect(try reader.next() == record) }
            let error = #expect(throws: TSDBFormatError.self) { try reader.next() }
            #expect(error?.code == .torn)
            #expect(error?.offset == reader.validEnd)
            #expect(reader.validEnd == (read == 0 ? 0 : ends[read - 1]))
            #expect(try reader.next() == nil)
        }
    }

    @Test("that leaves the first parts of a record is told")
    func tornRecord() {
        let segment = WALPageTests.segment(WALPageTests.generated([40_000]))
        var reader = WALReader(segment: Array(segment[..<WALPage.size]))
        let error = #expect(throws: TSDBFormatError.self) { try reader.next() }
        #expect(error == TSDBFormatError(.torn, "last record is torn", at: 0))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let message: String
        var code = TSDBFormatError.Code.corrupt
        let damage: @Sendable (inout [UInt8]) -> Void

        var testDescription: String { message }
    }

    @Test(
        "has Prometheus' words",
        arguments: [
            Case(message: "unexpected checksum 859d8a02, expected e2137703") { $0[20] ^= 1 },
            Case(message: "invalid record size 65535") {
                $0.replaceSubrange(1...2, with: [255, 255])
            },
            Case(message: "unexpected record type 5") { $0[0] = 5 },
            Case(message: "unexpected middle record, dropping buffer") { $0[0] = 3 },
            Case(message: "unexpected last record, dropping buffer") { $0[0] = 4 },
            Case(message: "unexpected full record") { $0[0] = 2 },
            Case(message: "unexpected non-zero byte in padded page") { $0[0] = 0 },
            Case(message: "snappy: corrupt input") { $0[0] |= 8 },
            Case(message: "record is compressed with zstd", code: .unsupported) { $0[0] |= 16 },
            Case(message: "unexpected first record, dropping buffer") {
                $0[0] = 2
                $0[35] = 2
            },
            Case(message: "read remaining zeros: unexpected EOF", code: .torn) {
                $0 = [UInt8](repeating: 0, count: $0.count)
            },
            Case(message: "unexpected checksum 606fe42b, expected 4ad5e2ad", code: .torn) {
                $0.replaceSubrange(42..., with: [UInt8](repeating: 0, count: 37))
            },
        ])
    func messages(damaged: Case) {
        var segment = WALPageTests.segment
        damaged.damage(&segment)
        var reader = WALReader(segment: segment)
        let error = #expect(throws: TSDBFormatError.self) { while try reader.next() != nil {} }
        #expect(error?.message == damaged.message)
        #expect(error?.code == damaged.code)
    }
}
