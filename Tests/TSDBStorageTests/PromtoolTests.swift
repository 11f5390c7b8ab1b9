import Foundation
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("What Prometheus' own tool finds in a folder of ours")
struct PromtoolTests {
    private static let promtool = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build-tools/prometheus/usr/bin/promtool")

    /// Runs `promtool tsdb dump` and answers its lines.
    private func dump(_ folder: TemporaryFolder) async throws -> [Substring] {
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.promtool.path),
            "no promtool in .build-tools; run make setup-tests")
        let output = try TemporaryFolder()
        try output.write([], to: "dump")
        let process = Process()
        process.executableURL = Self.promtool
        process.arguments = ["tsdb", "dump", folder.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output.path + "/dump"))
        process.standardError = process.standardOutput
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { ending.yield($0.terminationStatus) }
        try process.run()
        let status = try #require(await ended.first { _ in true })
        let text = String(decoding: try output.bytes("dump"), as: UTF8.self)
        try #require(status == 0, "\(text.prefix(2000))")
        return text.split(separator: "\n")
    }

    /// `NAME TIME VALUE` of a line as `{__name__="a", job="storage"} 1 1700000000000`.
    private func sample(_ line: Substring) -> String {
        let parts = line.split(separator: " ")
        let name = line.split(separator: "\"").dropFirst().first ?? ""
        guard parts.count > 2, let value = Double(parts[parts.count - 2]) else { return "\(line)" }
        return "\(name) \(parts[parts.count - 1]) \(value)"
    }

    @Test("the dump of log and blocks is what was written", arguments: [false, true])
    func dumps(closing: Bool) async throws {
        let folder = try TemporaryFolder()
        var expected: [String] = []
        for run in 0..<2 as Range<Int64> {
            let database = try TenantDatabase.open(folder)
            for minutes in run * 150..<(run + 1) * 150 {
                let entries = ["a", "b", "series \(minutes / 40)"].map {
                    Entry($0, start + minutes * minute, .random(in: -1e6...1e6))
                }
                try await database.store(entries)
                expected += entries.map { "\($0.name) \($0.timestamp) \($0.value)" }
            }
            database.maintain()
            if closing, run == 1 { database.close() }
        }
        #expect(folder.blocks.count == (closing ? 3 : 1))
        #expect(try await dump(folder).map(sample).sorted() == expected.sorted())
    }

    @Test("late samples are in their log, and in their places in a block")
    func late() async throws {
        let folder = try TemporaryFolder()
        let database = try TenantDatabase.open(folder, window: 2 * hour)
        var expected: [String] = []
        for entry in [Entry("a", start), Entry("a", start + hour), Entry("a", start + 1, 5)] {
            try await database.store(entry)
            expected.append("\(entry.name) \(entry.timestamp) \(entry.value)")
        }
        #expect(try await dump(folder).map(sample).sorted() == expected.sorted())
        database.close()
        #expect(try await dump(folder).map(sample).sorted() == expected.sorted())
    }
}
