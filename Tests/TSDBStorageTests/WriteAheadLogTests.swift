import Dispatch
import TSDBFormat
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("The log of one tenant")
struct WriteAheadLogTests {
    private let folder: TemporaryFolder
    private let queue = DispatchQueue(label: "log")

    init() throws { folder = try TemporaryFolder() }

    private func log(segmentSize: Int = WALPage.segmentSize) -> WriteAheadLog {
        WriteAheadLog(
            segments: LogSegments(
                folder: folder.path + "/wal", next: 0, segmentSize: segmentSize),
            syncs: true, queue: queue)
    }

    /// A record that is known by its number, as no reader of records knows its kind.
    private static func record(_ number: Int, size: Int = 4) -> [UInt8] {
        [200, UInt8(number >> 8), UInt8(number & 0xFF)]
            + (0..<size).map { UInt8(truncatingIfNeeded: $0 &* number) }
    }

    /// The numbers of all records, in the order of the files.
    private func written() throws -> [Int] {
        try folder.names(in: "wal").flatMap { name in
            var reader = WALReader(segment: try folder.bytes("wal/\(name)"))
            var numbers: [Int] = []
            while let record = try reader.next() {
                numbers.append(Int(record[1]) << 8 | Int(record[2]))
            }
            return numbers
        }
    }

    @Test("many writers at once find all their records on disk, in the order of adding")
    func manyWriters() async throws {
        let log = log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<16 {
                group.addTask {
                    for round in 0..<25 {
                        try await log.durable(log.add([Self.record(writer * 25 + round)]))
                    }
                }
            }
            try await group.waitForAll()
        }
        let numbers = try written()
        #expect(numbers.sorted() == Array(0..<400))
        for writer in 0..<16 {
            let own = numbers.filter { $0 / 25 == writer }
            #expect(own == own.sorted())
        }
    }

    @Test("waiting for the last means that all before it are durable")
    func order() async throws {
        let log = log()
        let positions = (0..<300).map { log.add([Self.record($0), Self.record($0 + 300)]) }
        try await log.durable(positions[299])
        #expect(try written() == (0..<300).flatMap { [$0, $0 + 300] })
        for position in positions { try await log.durable(position) }
    }

    @Test("what the disk refused is told, and is written before anything later counts")
    func refusal() async throws {
        let log = log()
        try folder.write([], to: "wal")
        let first = log.add([Self.record(1)])
        await #expect(throws: StorageError.self) { try await log.durable(first) }
        let second = log.add([Self.record(2)])
        await #expect(throws: StorageError.self) { try await log.durable(second) }
        try folder.remove("wal")
        await #expect(throws: StorageError.self) { try await log.durable(first) }
        // A request that brings nothing new, as the repetition of a failed one.
        try await log.durable(log.add([]))
        #expect(try written() == [1, 2])
        try await log.durable(first)
        try await log.durable(second)
    }

    @Test("a failure names the call and the file as Go does")
    func message() async throws {
        let log = log()
        try folder.write([], to: "wal")
        let error = await #expect(throws: StorageError.self) {
            try await log.durable(log.add([Self.record(1)]))
        }
        #expect(error?.message == "open \(folder.path)/wal/00000000: not a directory")
    }

    @Test("records that fill segments go on in the next, also when that one fails at first")
    func segments() async throws {
        let log = log(segmentSize: 2 * WALPage.size)
        try folder.write([], to: "wal/00000002/in the way")
        let records = (0..<6).map { number in
            [200, 0, UInt8(number)] + (0..<30_000).map { _ in UInt8.random(in: 0...255) }
        }
        let position = log.add(records)
        await #expect(throws: StorageError.self) { try await log.durable(position) }
        try folder.remove("wal/00000002")
        try await log.durable(log.add([]))
        // What had been written already may stand there twice, but none is missing.
        let numbers = try written()
        #expect(Set(numbers) == Set(0..<6))
        #expect(numbers.suffix(6) == [0, 1, 2, 3, 4, 5])
    }

    @Test("a failed write leaves no empty segments behind")
    func noEmptySegments() async throws {
        var segments = LogSegments(folder: folder.path + "/wal", next: 0)
        try segments.append([Self.record(1)], syncs: true)
        try segments.close()
        try folder.write([], to: "wal/00000001/in the way")
        for _ in 0..<3 {
            #expect(throws: StorageError.self) {
                try segments.append([Self.record(2)], syncs: true)
            }
        }
        try folder.remove("wal/00000001")
        try segments.append([Self.record(3)], syncs: true)
        #expect(folder.names(in: "wal") == ["00000000", "00000001"])
    }

    @Test("each roll answers another number, with or without records between")
    func rolls() throws {
        var segments = LogSegments(folder: folder.path + "/wal", next: 7)
        #expect(try segments.roll() == 7)
        #expect(try segments.roll() == 8)
        try segments.append([Self.record(1)], syncs: true)
        #expect(try segments.roll() == 9)
        #expect(folder.names(in: "wal") == (7...10).map { LogSegments.name(of: $0) })
    }
}
