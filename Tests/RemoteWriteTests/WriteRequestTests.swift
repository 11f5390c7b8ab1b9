import RemoteWrite
import Testing
import TimeSeries

@Suite("Remote write requests")
struct WriteRequestTests {
    /// `up{job="a"}` with 1.0 at 1700000000000, as Prometheus encodes it.
    private static let golden =
        "0a2c0a0e0a085f5f6e616d655f5f120275700a080a036a6f62120161121009000000000000f03f1080d0"
        + "95ffbc31"

    private static let series = SeriesSamples(
        labels: [SeriesLabel("__name__", "up"), SeriesLabel("job", "a")],
        samples: [Sample(timestamp: 1_700_000_000_000, value: 1)])

    @Test("are encoded byte for byte as Prometheus does")
    func encoding() throws {
        #expect(WriteRequest.encode([Self.series]) == Hex.bytes(Self.golden))
    }

    @Test("are read back with labels and samples")
    func decoding() throws {
        let request = try WriteRequest(decoding: Hex.bytes(Self.golden))
        #expect(request.counts.series == 1)
        #expect(request.counts.samples == 1)
        #expect(request.decodedSeries() == [Self.series])
    }

    @Test("keep the bits of a stale marker")
    func staleMarker() throws {
        var series = Self.series
        series.samples[0].value = Sample.staleMarker
        let request = try WriteRequest(decoding: WriteRequest.encode([series]))
        let value = try #require(request.decodedSeries().first?.samples.first?.value)
        #expect(value.bitPattern == 0x7ff0_0000_0000_0002)
    }

    @Test("are refused with the decoder's own text", arguments: RefusedMessage.all)
    func refused(row: RefusedMessage) {
        let error = #expect(throws: RemoteWriteError.self) {
            try WriteRequest(decoding: Hex.bytes(row.hex))
        }
        #expect(error?.message == row.message)
    }

    @Test(
        "pass over fields that are not known",
        arguments: ["1001", "a10700000000000000 00", "fa0100", "eb0108 01ec01"])
    func unknownFields(hex: String) throws {
        let request = try WriteRequest(decoding: Hex.bytes(hex + Self.golden))
        #expect(request.decodedSeries() == [Self.series])
    }

    @Test("of which any part is missing are refused or hold less")
    func everyTruncation() throws {
        let bytes = WriteRequest.encode([Self.series, Self.series])
        for length in 1..<bytes.count {
            let request = try? WriteRequest(decoding: Array(bytes[..<length]))
            #expect(request.map { $0.counts.series < 2 } ?? true)
        }
    }

    @Test("survive random bytes", arguments: 0..<200 as Range<UInt64>)
    func randomBytes(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let bytes = (0..<256).map { _ -> UInt8 in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        // Whatever they are, the walk ends, and what it accepts can be walked again.
        if let request = try? WriteRequest(decoding: [0x0A, 0x7F] + bytes) {
            _ = request.decodedSeries()
        }
    }
}

@Suite("Labels of a series")
struct LabelFaultTests {
    @Test(
        "are judged in Thanos' order",
        arguments: [
            ([], .empty), ([("", "x")], .empty), ([("a", "")], .empty),
            ([("a", "1"), ("a", "2")], .duplicate), ([("b", "1"), ("a", "2")], .outOfOrder),
            // Names compare as bytes: capital letters come first, and no letter equals another.
            ([("B", "1"), ("a", "2")], nil), ([("a", "1"), ("B", "2")], .outOfOrder),
            ([("b", "1"), ("a", "")], .empty), ([("a", "1")], nil),
        ] as [([(String, String)], LabelFault?)])
    func faults(labels: [(String, String)], expected: LabelFault?) throws {
        let series = SeriesSamples(
            labels: labels.map { SeriesLabel($0.0, $0.1) },
            samples: [Sample(timestamp: 1, value: 1)])
        try WriteRequest(decoding: WriteRequest.encode([series])).forEachSeries { view in
            #expect(view.labelFault() == expected)
            #expect(view.count(ofField: 2) == 1)
        }
    }

    @Test(
        "are those expected only when all of them are",
        arguments: [
            ([("a", "1"), ("b", "2")], true), ([("a", "1")], false), ([], false),
            ([("a", "1"), ("b", "2"), ("c", "3")], false), ([("a", "1"), ("b", "3")], false),
        ] as [([(String, String)], Bool)])
    func expectedLabels(labels: [(String, String)], isExpected: Bool) throws {
        let series = SeriesSamples(
            labels: [SeriesLabel("a", "1"), SeriesLabel("b", "2")],
            samples: [Sample(timestamp: 1, value: 1), Sample(timestamp: 2, value: 2)])
        let expected = LabelSet(labels.map { SeriesLabel($0.0, $0.1) })
        try WriteRequest(decoding: WriteRequest.encode([series])).forEachSeries { view in
            var view = view
            #expect(expected.wire.withUnsafeBytes { view.hasLabels($0) } == isExpected)
            var times: [Int64] = []
            view.forEachSample { time, _ in times.append(time) }
            #expect(times == [1, 2])
        }
    }

    @Test("do not count the label that named the tenant")
    func withoutSplitLabel() throws {
        let series = SeriesSamples(
            labels: [SeriesLabel("z", "tenant"), SeriesLabel("a", "1")], samples: [])
        try WriteRequest(decoding: WriteRequest.encode([series])).forEachSeries { view in
            #expect(view.labelFault() == .outOfOrder)
            #expect(view.labelFault(removing: "z") == nil)
            #expect(view.value(of: "z").map(Array.init) == Array("tenant".utf8))
            #expect(view.value(of: "y") == nil)
        }
    }
}

/// A message that Thanos does not accept, and its answer.
struct RefusedMessage: Sendable, CustomTestStringConvertible {
    let hex: String
    let message: String

    var testDescription: String { hex }

    static let all = [
        RefusedMessage(hex: "ffffff", message: "unexpected EOF"),
        RefusedMessage(hex: "0d01", message: "proto: wrong wireType = 5 for field Timeseries"),
        RefusedMessage(hex: "0801", message: "proto: wrong wireType = 0 for field Timeseries"),
        RefusedMessage(
            hex: "0a210a0d0a085f5f6e616d655f5f12016d121009000000000000f03f108080b3",
            message: "unexpected EOF"),
        RefusedMessage(hex: "00", message: "proto: WriteRequest: illegal tag 0 (wire type 0)"),
        RefusedMessage(
            hex: "0a0100", message: "proto: TimeSeries: illegal tag 0 (wire type 0)"),
        RefusedMessage(
            hex: "0c", message: "proto: WriteRequest: wiretype end group for non-group"),
        RefusedMessage(
            hex: "ffffffffffffffffffff01", message: "proto: integer overflow"),
        RefusedMessage(
            hex: "0affffffffffffffffff01",
            message: "proto: negative length found during unmarshaling"),
        RefusedMessage(hex: "0a03120109", message: "unexpected EOF"),
        RefusedMessage(
            hex: "0a0412020800", message: "proto: wrong wireType = 0 for field Value"),
        RefusedMessage(hex: "16", message: "proto: illegal wireType 6"),
    ]
}

/// Bytes written as hexadecimal digits; blanks are for the reader.
enum Hex {
    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.filter { $0 != " " }
        return stride(from: 0, to: digits.count, by: 2).compactMap { offset in
            let start = digits.index(digits.startIndex, offsetBy: offset)
            return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
        }
    }
}
