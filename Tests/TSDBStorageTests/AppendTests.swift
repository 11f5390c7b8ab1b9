import Testing
import TimeSeries

@testable import TSDBStorage

@Suite("What a head takes and refuses, as Prometheus does")
struct AppendTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var window: Int64 = 0
        var before: [Entry] = [Entry("a", start, 5)]
        let next: Entry
        var fault: AppendFault?
        /// How many samples there are in the end.
        let stored: Int

        init(
            _ name: String, window: Int64 = 0, before: [Entry] = [Entry("a", start, 5)],
            _ next: Entry, _ fault: AppendFault? = nil, stored: Int
        ) {
            testDescription = name
            self.window = window
            self.before = before
            self.next = next
            self.fault = fault
            self.stored = stored
        }
    }

    static let rows = [
        Row("the first sample", before: [], Entry("a", -5), stored: 1),
        Row("the first moment that can be told", before: [], Entry("a", .min + 1), stored: 1),
        Row("no moment", before: [], Entry("a", .min, 0), .outOfBounds, stored: 0),
        Row("the last moment", Entry("a", .max), stored: 2),
        Row("newer", Entry("a", start + 1), stored: 2),
        Row("the same again", Entry("a", start, 5), stored: 1),
        Row("the same time, another value", Entry("a", start, 6), .duplicate, stored: 1),
        Row(
            "zero and minus zero", before: [Entry("a", start, 0)], Entry("a", start, -0.0),
            .duplicate, stored: 1),
        Row(
            "the same marker again", before: [Entry("a", start, Sample.staleMarker)],
            Entry("a", start, Sample.staleMarker), stored: 1),
        Row(
            "another NaN", before: [Entry("a", start, Sample.staleMarker)],
            Entry("a", start, .nan), .duplicate, stored: 1),
        Row("older", Entry("a", start - 1), .outOfOrder, stored: 1),
        Row("an hour older", Entry("a", start - hour), .outOfOrder, stored: 1),
        Row("more than an hour older", Entry("a", start - hour - 1), .outOfBounds, stored: 1),
        Row("a new series an hour ago", Entry("b", start - hour), stored: 2),
        Row(
            "a new series before that", Entry("b", start - hour - 1), .outOfBounds, stored: 1),
        Row(
            "in the window, late", window: 10 * minute, Entry("a", start - 10 * minute), stored: 2),
        Row(
            "before the window", window: 10 * minute, Entry("a", start - 10 * minute - 1), .tooOld,
            stored: 1),
        Row(
            "a new series before the window, within bounds", window: 10 * minute,
            Entry("b", start - 30 * minute), stored: 2),
        Row(
            "a new series before window and bounds", window: 10 * minute,
            Entry("b", start - 2 * hour), .tooOld, stored: 1),
        Row(
            "a new series within a long window", window: 3 * hour, Entry("b", start - 2 * hour),
            stored: 2),
        Row(
            "the same time with a window", window: hour, Entry("a", start, 6), .duplicate,
            stored: 1),
        Row(
            "a late one that is there", window: hour,
            before: [Entry("a", start, 5), Entry("a", start - 1, 7)], Entry("a", start - 1, 8),
            stored: 2),
        Row(
            "the longest window", window: .max, before: [Entry("a", .max)], Entry("a", 0),
            stored: 2),
    ]

    @Test("each sample against what was there before", arguments: rows)
    func judges(row: Row) {
        var writer = HeadWriter(
            state: HeadState(options: HeadOptions(outOfOrderWindow: row.window)))
        for entry in row.before {
            writer.begin()
            #expect(writer.append([entry]) == [nil])
        }
        writer.begin()
        #expect(writer.append([row.next]) == [row.fault])
        let points = writer.state.series.flatMap(\.allChunks).flatMap(\.points)
        #expect(points.count == row.stored)
        #expect(writer.floats.faults == (row.fault.map { [$0: 1] } ?? [:]))
        #expect(writer.floats.appended == row.stored)
    }

    @Test("what came late is counted and goes to the log of its own")
    func late() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions(outOfOrderWindow: hour)))
        for entry in [Entry("a", start), Entry("a", start - 5)] {
            writer.begin()
            _ = writer.append([entry])
        }
        #expect(writer.floats.appended == 2 && writer.floats.late == 1)
        let records = writer.takeRecords()
        #expect(records.main.count == 2 && records.late.count == 1)
        #expect(writer.takeRecords().main.isEmpty)
    }

    @Test("the samples of one request are judged by the head as it was before it")
    func batch() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions()))
        writer.begin()
        let faults = writer.append([
            Entry("a", start + 2 * hour), Entry("a", start), Entry("a", start + 2 * hour, 9),
            Entry("b", start),
        ])
        #expect(faults == [nil, nil, nil, nil])
        #expect(writer.floats.appended == 2)
        writer.begin()
        #expect(
            writer.append([Entry("a", start), Entry("b", start), Entry("a", start + 2 * hour, 9)])
                == [.outOfBounds, .outOfBounds, .duplicate])
    }

    @Test("with a window, what is older in one request is late")
    func batchWithWindow() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions(outOfOrderWindow: hour)))
        writer.begin()
        #expect(
            writer.append([Entry("a", start), Entry("a", start - 1), Entry("a", start, 2)])
                == [nil, nil, nil])
        #expect(writer.floats.appended == 2 && writer.floats.late == 1)
    }

    @Test("nothing is taken that a block may hold")
    func behindBlocks() {
        var state = HeadState(options: HeadOptions())
        state.startBehindBlocks(endingAt: start)
        var writer = HeadWriter(state: state)
        writer.begin()
        #expect(
            writer.append([Entry("a", start - 1), Entry("a", start)]) == [.outOfBounds, nil])
    }

    @Test(
        "a histogram against one of the same time",
        arguments: [
            (histogram(sum: 1), nil), (histogram(sum: 2), AppendFault.duplicate),
            (histogram(sum: 1, count: 4), .duplicate), (floatHistogram(sum: 1), .duplicate),
        ])
    func histograms(next: NativeHistogram, fault: AppendFault?) {
        var writer = HeadWriter(state: HeadState(options: HeadOptions()))
        writer.begin()
        let series = writer.series(labels("h"))
        #expect(writer.append(start, histogram(sum: 1), to: series) == nil)
        writer.begin()
        #expect(writer.append(start, next, to: series) == fault)
        #expect(writer.append(start, 1, to: series) == .duplicate)
        #expect(writer.append(start - 1, next, to: series) == .outOfOrder)
        #expect(writer.histograms.appended == 1)
    }

    @Test("a late histogram is refused, not forgotten")
    func lateHistogram() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions(outOfOrderWindow: hour)))
        writer.begin()
        let series = writer.series(labels("h"))
        #expect(writer.append(start, histogram(sum: 1), to: series) == nil)
        #expect(writer.append(start - 1, histogram(sum: 1), to: series) == .outOfOrder)
        writer.begin()
        #expect(writer.append(start - 1, histogram(sum: 1), to: series) == .outOfOrder)
    }

    @Test("a chunk ends after 120 samples, with its block range and with its kind")
    func chunks() {
        var writer = HeadWriter(state: HeadState(options: HeadOptions()))
        writer.begin()
        let series = writer.series(labels("a"))
        for index in 0..<130 as Range<Int64> {
            #expect(writer.append(start + index * 1000, 1, to: series) == nil)
        }
        #expect(writer.append(start + 2 * hour, 1, to: series) == nil)
        #expect(writer.append(start + 2 * hour + 1, histogram(sum: 1), to: series) == nil)
        #expect(writer.append(start + 2 * hour + 2, 1, to: series) == nil)
        let chunks = writer.state.series[0].chunks
        #expect(chunks.map(\.sampleCount) == [120, 10, 1, 1, 1])
        #expect(chunks.map(\.points.count) == [120, 10, 1, 1, 1])
        #expect(chunks.map(\.minTime).dropFirst().first == start + 120_000)
        #expect(chunks[1].maxTime == start + 129_000)
    }
}
