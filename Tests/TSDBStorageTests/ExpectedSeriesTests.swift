import TestSupport
import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Series that are expected behind others")
struct ExpectedSeriesTests {
    /// Finds a series as the receiver does, and says whether it was the one expected.
    private static func place(
        of name: String, in head: inout HeadWriter
    ) -> (index: Int, wasExpected: Bool) {
        let labels = labels(name)
        if let index = head.expected(where: { Array($0) == labels.wire }) { return (index, true) }
        return (head.series(labels), false)
    }

    @Test("are those that came behind them last time")
    func sameOrder() {
        var head = HeadWriter(state: HeadState(options: HeadOptions()))
        for (request, expected) in [(["a", "b", "c"], 0), (["a", "b", "c"], 2), (["a", "c"], 0)] {
            head.begin()
            let count = request.count { Self.place(of: $0, in: &head).wasExpected }
            #expect(count == expected)
        }
    }

    @Test("are never taken for others, whatever comes, also when blocks were cut meanwhile")
    func anyOrder() async throws {
        let folder = try TemporaryFolder()
        let database = try TenantDatabase.open(folder)
        var numbers = SeededNumbers(seed: 7)
        var sent: [Entry] = []
        for round in 0..<60 as Range<Int64> {
            let names = (0..<12).map { "series\($0)" }.filter { _ in Bool.random(using: &numbers) }
            let order = round % 3 == 0 ? names.shuffled(using: &numbers) : names
            let entries = order.map { Entry($0, start + round * minute, Double(round)) }
            let (_, commit) = await database.write { head in
                for entry in entries {
                    let index = Self.place(of: entry.name, in: &head).index
                    #expect(head.append(entry.timestamp, entry.value, to: index) == nil)
                }
            }
            try await database.durable(commit)
            sent += entries
            if round % 20 == 19 { database.flush() }
        }
        let stored = try database.contents
        #expect(stored == contents(sent))
    }
}
