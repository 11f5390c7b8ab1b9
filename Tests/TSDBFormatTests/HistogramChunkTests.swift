import TSDBFormat
import TestSupport
import Testing
import TimeSeries

@Suite("Histogram chunks")
struct HistogramChunkTests {
    /// A histogram of a moment, as the log of the fixture has it.
    struct Moment {
        let timestamp: Int64
        let histogram: NativeHistogram
    }

    /// What Prometheus logged, by the name of the series.
    static func logged() throws -> [String: [Moment]] {
        var reader = WALReader(segment: try Fixture.bytes("native-histograms/wal-segment"))
        var names: [UInt64: String] = [:]
        var moments: [String: [Moment]] = [:]
        while let record = try reader.next() {
            switch try WALRecord(record) {
            case .series(let series):
                for entry in series { names[entry.reference] = entry.labels["__name__"] }
            case .histograms(let histograms):
                for entry in histograms {
                    moments[names[entry.reference] ?? "", default: []].append(
                        Moment(timestamp: entry.timestamp, histogram: entry.histogram))
                }
            case .samples, .tombstones, .exemplars, .metadata, .unknown:
                Issue.record("unexpected record")
            }
        }
        return moments
    }

    /// The chunks that Prometheus cut from them.
    static func stored() throws -> [String: [ChunkSegmentReader.Chunk]] {
        let index = try IndexReader(try Fixture.bytes("native-histograms/block/index"))
        let segment = try ChunkSegmentReader(
            try Fixture.bytes("native-histograms/block/chunks/000001"))
        var chunks: [String: [ChunkSegmentReader.Chunk]] = [:]
        for reference in try index.allSeries() {
            let series = try index.series(reference)
            chunks[series.labels["__name__"]] = try series.chunks.map {
                try segment.chunk(at: $0.reference.offset)
            }
        }
        return chunks
    }

    static func chunks(_ moments: [Moment]) -> [HistogramChunk] {
        var chunks: [HistogramChunk] = []
        for moment in moments {
            if chunks.indices.last.map({
                chunks[$0].append(timestamp: moment.timestamp, moment.histogram)
            }) == true {
                continue
            }
            chunks.append(
                HistogramChunk(first: moment.timestamp, moment.histogram, after: chunks.last))
        }
        return chunks
    }

    /// Without the third byte: a snapshot forgets what was known about resets.
    static func withoutResets(_ payload: some Collection<UInt8>) -> [UInt8] {
        Array(payload.prefix(2)) + Array(payload.dropFirst(3))
    }

    @Test(
        "are cut and written as Prometheus does",
        arguments: ["int", "float", "gauge", "reset", "big"])
    func writes(series: String) throws {
        let moments = try #require(try Self.logged()[series])
        let expected = try #require(try Self.stored()[series])
        let chunks = Self.chunks(moments)
        #expect(
            chunks.map { Self.withoutResets($0.payload) }
                == expected.map { Self.withoutResets($0.payload) })
        #expect(chunks.map(\.encoding) == expected.map(\.encoding))
        #expect(chunks.map(\.byteCount) == expected.map(\.payload.count))
    }

    @Test(
        "are read as they were logged",
        arguments: ["int", "float", "gauge", "reset", "stale", "big"])
    func reads(series: String) throws {
        let moments = try #require(try Self.logged()[series])
        let stored = try #require(try Self.stored()[series])
        let read = try stored.flatMap { try points($0.encoding, Array($0.payload)) }
        #expect(read.map(\.timestamp) == moments.map(\.timestamp))
        for (point, moment) in zip(read, moments) {
            guard case .histogram(_, let histogram) = point else {
                Issue.record("no histogram")
                continue
            }
            #expect(Self.isSame(histogram, moment.histogram))
        }
    }

    /// Equality but for what is known about resets, and with NaNs equal to themselves.
    static func isSame(_ one: NativeHistogram, _ other: NativeHistogram) -> Bool {
        if one.isStaleMarker || other.isStaleMarker {
            return one.isStaleMarker == other.isStaleMarker
        }
        return one.layout == other.layout && one.sum.bitPattern == other.sum.bitPattern
            && one.counts == other.counts
    }

    @Test("that are cut short are an error, not a crash")
    func truncation() throws {
        for chunk in try Self.stored().values.joined() {
            for end in chunk.payload.indices {
                #expect(throws: TSDBFormatError.self) {
                    try points(chunk.encoding, Array(chunk.payload[..<end]))
                }
            }
        }
    }
}

@Suite("Histogram chunks, sample by sample")
struct HistogramChunkAppendTests {
    static func histogram(
        count: UInt64 = 10, deltas: [Int64] = [3, -1], hint: CounterResetHint = .unknown,
        threshold: Double = 0.25, schema: Int32 = 2, customValues: [Double] = []
    ) -> NativeHistogram {
        NativeHistogram(
            resetHint: hint,
            layout: HistogramLayout(
                schema: schema, zeroThreshold: threshold,
                positiveSpans: [BucketSpan(offset: 1, length: UInt32(deltas.count))],
                customValues: customValues),
            sum: 4,
            counts: .integer(
                IntegerCounts(count: count, zeroCount: 1, positiveDeltas: deltas)))
    }

    static let stale = NativeHistogram(
        layout: HistogramLayout(schema: 0, zeroThreshold: 0), sum: Sample.staleMarker,
        counts: .integer(IntegerCounts(count: 0, zeroCount: 0)))

    @Test(
        "end where another layout, kind or counter begins",
        arguments: [
            histogram(threshold: 0.5), histogram(schema: 3), histogram(deltas: [3, -1, 0]),
            histogram(count: 9), histogram(deltas: [2, 2]), histogram(hint: .reset),
            histogram(hint: .gauge),
            NativeHistogram(
                layout: histogram().layout, sum: 4,
                counts: .float(FloatCounts(count: 10, zeroCount: 1, positive: [3, 2]))),
        ])
    func ends(next: NativeHistogram) {
        var chunk = HistogramChunk(first: 1, Self.histogram())
        let isAppended = chunk.append(timestamp: 2, next)
        #expect(!isAppended)
        #expect(chunk.count == 1)
    }

    @Test("take only stale markers behind a stale marker")
    func staleMarkers() throws {
        var chunk = HistogramChunk(first: 1, Self.histogram())
        let appended = [Self.stale, Self.stale, Self.histogram()].map {
            chunk.append(timestamp: 7, $0)
        }
        #expect(appended == [true, true, false])
        let read = try points(.histogram, chunk.payload)
        #expect(read.map(\.timestamp) == [1, 7, 7])
    }

    @Test(
        "say what is known about a new start",
        arguments: [
            (.unknown, nil, 0x00), (.reset, nil, 0x80), (.gauge, nil, 0xC0),
            (.unknown, histogram(), 0x40), (.unknown, histogram(count: 11), 0x80),
            (.unknown, histogram(schema: 3), 0x00), (.unknown, histogram(hint: .gauge), 0x00),
        ] as [(CounterResetHint, NativeHistogram?, UInt8)])
    func resetHeader(hint: CounterResetHint, previous: NativeHistogram?, flags: UInt8) {
        let chunk = HistogramChunk(
            first: 2, Self.histogram(hint: hint),
            after: previous.map { HistogramChunk(first: 1, $0) })
        #expect(chunk.payload[2] == flags)
    }

    @Test(
        "keep thresholds and boundaries",
        arguments: [
            0, 0.5, 1024, 2048, 0x1p-243, 0x1p-244, 0.001, -0.5, .infinity, .leastNonzeroMagnitude,
        ])
    func thresholds(value: Double) throws {
        let boundaries = [value, 0.001, 33_554.43, 33_554.431, -1, 0.0005, 12.5]
        let histogram = Self.histogram(threshold: value, schema: -53, customValues: boundaries)
        let chunk = HistogramChunk(first: -7, histogram)
        let read = try points(chunk.encoding, chunk.payload)
        #expect(read == [.histogram(timestamp: -7, histogram)])
    }

    @Test("keep whatever is put into them", arguments: 1...40 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let moments = GeneratedHistograms(&numbers).moments(&numbers)
        let read = try HistogramChunkTests.chunks(moments).flatMap {
            try points($0.encoding, $0.payload)
        }
        #expect(read.count == moments.count, "seed \(seed)")
        for (point, moment) in zip(read, moments) {
            guard case .histogram(let timestamp, let histogram) = point else { continue }
            #expect(timestamp == moment.timestamp, "seed \(seed)")
            #expect(HistogramChunkTests.isSame(histogram, moment.histogram), "seed \(seed)")
        }
    }
}

/// Histograms of one layout with arbitrary numbers in them.
struct GeneratedHistograms {
    private let layout: HistogramLayout
    private let isFloat: Bool

    init(_ numbers: inout SeededNumbers) {
        func spans() -> [BucketSpan] {
            (0..<Int.random(in: 0...3, using: &numbers)).map { _ in
                BucketSpan(
                    offset: Int32.random(in: -200...200, using: &numbers),
                    length: UInt32.random(in: 0...6, using: &numbers))
            }
        }
        isFloat = Bool.random(using: &numbers)
        layout = HistogramLayout(
            schema: Int32.random(in: -4...8, using: &numbers),
            zeroThreshold: Double(sign: .plus, exponent: -3, significand: 1),
            positiveSpans: spans(), negativeSpans: spans())
    }

    func moments(_ numbers: inout SeededNumbers) -> [HistogramChunkTests.Moment] {
        (0..<Int.random(in: 1...40, using: &numbers)).map { index in
            HistogramChunkTests.Moment(
                timestamp: Int64(index) * 15_000 + Int64.random(in: 0...9000, using: &numbers),
                histogram: histogram(&numbers))
        }
    }

    private func histogram(_ numbers: inout SeededNumbers) -> NativeHistogram {
        let positive = layout.positiveSpans.reduce(0) { $0 + Int($1.length) }
        let negative = layout.negativeSpans.reduce(0) { $0 + Int($1.length) }
        func floats(_ count: Int) -> [Double] {
            (0..<count).map { _ in Double.random(in: 0...100, using: &numbers) }
        }
        func integers(_ count: Int) -> [Int64] {
            (0..<count).map { _ in
                Int64(bitPattern: numbers.next()) >> Int64.random(in: 0...63, using: &numbers)
            }
        }
        let counts: NativeHistogram.Counts =
            isFloat
            ? .float(
                FloatCounts(
                    count: .random(in: 0...1000, using: &numbers), zeroCount: 0,
                    positive: floats(positive), negative: floats(negative)))
            : .integer(
                IntegerCounts(
                    count: numbers.next(), zeroCount: numbers.next() >> 40,
                    positiveDeltas: integers(positive), negativeDeltas: integers(negative)))
        return NativeHistogram(
            layout: layout, sum: .random(in: -10...10, using: &numbers), counts: counts)
    }
}
