import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("Series by their labels")
struct SeriesTableTests {
    @Test("are found while the table grows, and nothing else is")
    func grows() {
        var state = HeadState(options: HeadOptions())
        for number in 0..<5000 {
            #expect(find("series_\(number)", in: state) == nil)
            #expect(state.add(labels("series_\(number)")) == number)
        }
        for number in 0..<5000 {
            #expect(find("series_\(number)", in: state) == number)
        }
        #expect(find("series_5000", in: state) == nil)
        #expect(find(LabelSet.empty, in: state) == nil)
        #expect(Set(state.series.map(\.ref)).count == 5000)
    }

    @Test("of one hash are told apart")
    func collisions() {
        var table = SeriesTable(capacity: 1)
        for index in 0..<2000 {
            table.insert(index, hash: 42) { _ in 42 }
        }
        for index in [0, 1, 1023, 1999] {
            #expect(table.find(42) { $0 == index } == index)
        }
        #expect(table.find(42) { _ in false } == nil)
        #expect(table.find(42 | 1 << 32) { _ in true } == nil)
    }

    @Test("are found at their new places when others have gone")
    func truncates() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions()))
        writer.begin()
        for number in 0..<200 as Range<Int64> {
            _ = writer.append([Entry("series_\(number)", start + number * minute)])
        }
        let written = writer.state
        writer.state.truncate(before: start + 150 * minute, written: written)
        #expect(writer.state.series.count == 50)
        #expect(find("series_149", in: writer.state) == nil)
        for number in 150..<200 {
            #expect(find("series_\(number)", in: writer.state) == number - 150)
        }
        #expect(writer.state.minTime == start + 150 * minute)
        #expect(writer.state.maxTime == start + 199 * minute)
        let fresh = writer.state.add(labels("fresh"))
        #expect(writer.state.ref(of: fresh) == 201)
    }

    private func find(_ name: String, in state: HeadState) -> Int? {
        find(labels(name), in: state)
    }

    private func find(_ labels: LabelSet, in state: HeadState) -> Int? {
        labels.wire.withUnsafeBytes { state.find($0) }
    }
}
