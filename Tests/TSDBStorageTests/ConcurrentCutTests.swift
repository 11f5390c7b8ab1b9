import TSDBFormat
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Samples that arrive while a block is cut")
struct ConcurrentCutTests {
    @Test("are late, and not lost, when their range has gone into the block")
    func stragglers() throws {
        var writer = HeadWriter(
            state: HeadState(options: HeadOptions(outOfOrderWindow: 6 * hour)))
        func append(_ entries: [Entry]) {
            writer.begin()
            #expect(writer.append(entries).allSatisfy { $0 == nil })
        }
        append([Entry("a", start), Entry("b", start), Entry("b", start + 4 * hour)])
        append([Entry("a", start - 5)])
        let written = writer.state
        append([Entry("a", start + 1), Entry("a", start - 6), Entry("new", start)])
        append([Entry("a", start + 4 * hour)])
        writer.state.truncate(before: start + 2 * hour, written: written)
        let left = writer.state.series.map { series in
            series.allChunks.flatMap(\.samples).map(\.timestamp).sorted()
        }
        #expect(
            left == [
                [start - 6, start + 1, start + 4 * hour], [start + 4 * hour], [start],
            ])
        #expect(writer.state.minTime == start - 6)
    }

    @Test("once a range is ended, nothing is put in order in it", arguments: [0, hour])
    func endedRange(window: Int64) throws {
        var writer = HeadWriter(state: HeadState(options: HeadOptions(outOfOrderWindow: window)))
        #expect(writer.state.endOldestRange() == nil)
        writer.begin()
        _ = writer.append([Entry("a", start), Entry("b", start + 10)])
        #expect(writer.state.endOldestRange() == start + 11)
        let written = writer.state
        writer.begin()
        #expect(
            writer.append([Entry("a", start + 5), Entry("a", start + 11)])
                == [window > 0 ? nil : .outOfBounds, nil])
        let cut = written.blockSeries(before: start + 11)
        writer.state.truncate(before: start + 11, written: written)
        let left = writer.state.series.flatMap(\.allChunks).flatMap(\.points).map(\.timestamp)
        #expect(cut.flatMap(\.chunks).flatMap(\.points).count == 2)
        #expect(left == (window > 0 ? [start + 11, start + 5] : [start + 11]))
    }

    @Test("writers and cuts at the same time lose nothing that was accepted", arguments: [0, hour])
    func concurrentCuts(window: Int64) async throws {
        let folder = try TemporaryFolder()
        let events = Events()
        let database = try TenantDatabase.open(folder, window: window, events: events)
        let accepted = try await withThrowingTaskGroup(of: [Entry].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var accepted: [Entry] = []
                    for round in 0..<60 as Range<Int64> {
                        let entry = Entry("w\(writer)", start + round * minute, Double(round))
                        if try await database.store(entry) == [nil] { accepted.append(entry) }
                        #expect(try database.contents["w\(writer)"]?.count ?? 0 == accepted.count)
                        if round % 20 == Int64(writer) { database.flush() }
                    }
                    return accepted
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(events.failures.isEmpty)
        #expect(try database.contents == contents(accepted))
        #expect(try database.pointCount == accepted.count)
        let crashed = try TenantDatabase.open(folder.copy(), window: window)
        #expect(try crashed.contents == contents(accepted))
        #expect(try crashed.pointCount == accepted.count)
    }
}
