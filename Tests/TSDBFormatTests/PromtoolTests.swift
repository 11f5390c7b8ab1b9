import Foundation
import TSDBFormat
import TestSupport
import Testing
import TimeSeries

/// The program that says whether what we write is Prometheus' format.
private enum Promtool {
    private static let path = Fixture.root.appending(
        path: ".build-tools/prometheus/usr/bin/promtool")

    static func run(_ arguments: String..., log: URL) async throws -> String {
        try #require(
            FileManager.default.isExecutableFile(atPath: path.path),
            "no promtool in .build-tools; run make setup-tests")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { ending.yield($0.terminationStatus) }
        try process.run()
        let status = try #require(await ended.first { _ in true })
        let text = try String(contentsOf: log, encoding: .utf8)
        #expect(status == 0, "\(text.prefix(2000))")
        return text
    }
}

/// Series as `promtool tsdb dump` prints them, written by us into a folder of their own.
private struct Written {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tsdb-\(UUID())")
    private(set) var lines: Set<String> = []
    private var numbers = SeededNumbers(seed: 99)

    init() throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "wal"), withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func labels(_ number: Int) -> LabelSet {
        LabelSet(["__name__": "metric_\(number % 7)", "instance": "host-\(number)", "zone": "z"])
    }

    private mutating func note(_ labels: LabelSet, _ sample: Sample) {
        let pairs = labels.texts.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", ")
        lines.insert("{\(pairs)} \(sample.value.bitPattern) \(sample.timestamp)")
    }

    /// Values that print and parse back exactly.
    private mutating func samples(from start: Int64, count: Int) -> [Sample] {
        (0..<count).map { index in
            Sample(
                timestamp: start + Int64(index) * 15_000
                    + Int64.random(in: 0...99, using: &numbers),
                value: Bool.random(using: &numbers)
                    ? Double(index) : Double.random(in: -1e9...1e9, using: &numbers))
        }
    }

    mutating func writeBlock(_ ulid: ULID, series count: Int) throws {
        var file: [UInt8] = []
        var writer = ChunkSegmentWriter(to: &file)
        var series: [IndexedSeries] = []
        for labels in (0..<count).map(Self.labels).sorted() {
            var chunks: [ChunkMeta] = []
            for part in 0..<3 as Range<Int64> {
                let samples = samples(from: 1_700_000_000_000 + part * 1_800_000, count: 100)
                for sample in samples { note(labels, sample) }
                let reference = writer.append(.xor, XORChunkTests.payload(samples), to: &file)
                chunks.append(
                    ChunkMeta(
                        minTime: samples[0].timestamp, maxTime: samples[99].timestamp,
                        reference: try #require(reference)))
            }
            series.append(IndexedSeries(labels: labels, chunks: chunks))
        }
        let meta = BlockMeta(
            ulid: ulid, minTime: 1_700_000_000_000, maxTime: 1_700_007_200_000,
            stats: .init(
                numFloatSamples: UInt64(count) * 300, numSeries: UInt64(count),
                numChunks: UInt64(count) * 3),
            compaction: .init(sources: [ulid]))
        try write(file, to: "\(ulid)/chunks/\(ChunkSegment.fileName(0))")
        try write(IndexWriter.file(of: series), to: "\(ulid)/index")
        try write(Tombstones.file(of: []), to: "\(ulid)/tombstones")
        try write(meta.file, to: "\(ulid)/meta.json")
    }

    /// A log of two segments, the second one behind a page that was filled up.
    mutating func writeLog(series count: Int) throws {
        var names = SeriesRecord()
        for number in 0..<count {
            names.append(reference: UInt64(number + 1), labels: Self.labels(number))
        }
        for segment in 0..<2 as Range<Int64> {
            var writer = WALPageWriter()
            var file: [UInt8] = []
            if segment == 0 { _ = writer.append(names.bytes, to: &file) }
            for round in 0..<20 as Range<Int64> {
                var record = SamplesRecord()
                let start = 1_700_007_200_000 + (segment * 20 + round) * 60_000
                for number in 0..<count {
                    for sample in samples(from: start, count: 3) {
                        note(Self.labels(number), sample)
                        record.append(
                            reference: UInt64(number + 1), timestamp: sample.timestamp,
                            value: sample.value)
                    }
                }
                _ = writer.append(record.bytes, compressing: segment == 0, to: &file)
                if round == 9 { writer.pad(to: &file) }
            }
            try write(file, to: "wal/0000000\(segment)")
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}

@Suite("What Prometheus' own tool makes of what we write")
struct PromtoolTests {
    @Test("it lists, analyses and dumps a block and a log, value by value")
    func accepts() async throws {
        var written = try Written()
        defer { written.remove() }
        let ulid = ULID(milliseconds: 1_700_007_200_000, random: (7, 8))
        try written.writeBlock(ulid, series: 50)
        try written.writeLog(series: 50)
        let folder = written.folder.path
        let log = written.folder.appending(path: "promtool.log")
        let list = try await Promtool.run("tsdb", "list", folder, log: log)
        #expect(list.contains(ulid.description) && list.contains("15000"))
        let analysis = try await Promtool.run("tsdb", "analyze", folder, log: log)
        #expect(analysis.contains("Series: 50"))
        let dump = try await Promtool.run("tsdb", "dump", folder, log: log)
        #expect(Set(dump.split(separator: "\n").map(Self.normalised)) == written.lines)
    }

    /// A line with the bits of its value in place of its digits.
    private static func normalised(_ line: Substring) -> String {
        let parts = line.split(separator: " ")
        guard parts.count > 2, let value = Double(parts[parts.count - 2]) else {
            return String(line)
        }
        let labels = parts.dropLast(2).joined(separator: " ")
        return "\(labels) \(value.bitPattern) \(parts[parts.count - 1])"
    }
}
