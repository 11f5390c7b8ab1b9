import Foundation
import HTTPServing
import Synchronization

/// A target whose numbers follow from how often it was scraped.
struct ScrapedExporter: Sendable {
    let address: ListenAddress

    /// Serves until it is cancelled; yields the number of each scrape of the floats.
    func run(yieldingTo scrapes: AsyncStream<Int>.Continuation) async throws {
        let floats = Counter()
        let histograms = Counter()
        try await serve(ServerOptions(address: address, gracePeriod: .zero)) { request in
            guard request.path == "/histograms" else {
                let number = floats.next()
                scrapes.yield(number)
                return Self.page("text/plain; version=0.0.4", Array(Self.text(number).utf8))
            }
            return Self.page(
                "application/vnd.google.protobuf;"
                    + " proto=io.prometheus.client.MetricFamily; encoding=delimited",
                Self.histogram(histograms.next()))
        }
    }

    /// What the floats of a scrape are, by series.
    static func floats(_ number: Int) -> [(series: String, value: Double)] {
        [
            ("ring_scrapes_total", Double(number)),
            ("ring_bytes_total{direction=\"in\"}", Double(number) * 1_000_003),
            ("ring_level{kind=\"sine\"}", sin(Double(number))),
            ("ring_level{kind=\"tiny\"}", Double(number) * 0x1p-1060),
            ("ring_level{kind=\"huge\"}", -Double(number) * 1e300),
            ("ring_level{kind=\"endless\"}", .infinity),
            ("ring_level{kind=\"constant\"}", 0),
        ]
    }

    private static func text(_ number: Int) -> String {
        floats(number).map { "\($0.series) \($0.value)\n" }.joined()
            .replacing(" inf\n", with: " +Inf\n")
    }

    private static func page(_ type: String, _ body: [UInt8]) -> ServedResponse {
        ServedResponse(status: 200, headers: [("Content-Type", type)], body: .bytes(body))
    }

    /// How many observations the histogram of a scrape has.
    static func observations(_ number: Int) -> Int { 7 * number }

    /// `io.prometheus.client.MetricFamily` with its length before it: three buckets of a native
    /// histogram with `number`, twice and three times that, and as many at zero.
    private static func histogram(_ number: Int) -> [UInt8] {
        let span = ProtobufMessage().varint(1, 0).varint(2, 3)
        // Deltas are written zigzag, so a positive one doubles.
        let delta = UInt64(2 * number)
        let histogram = ProtobufMessage()
            .varint(1, UInt64(observations(number))).double(2, 1.5 * Double(number))
            .varint(5, 0).double(6, 0.001).varint(7, UInt64(number)).bytes(12, span.output)
            .varint(13, delta).varint(13, delta).varint(13, delta)
        let metric = ProtobufMessage().bytes(7, histogram.output)
        let family = ProtobufMessage()
            .bytes(1, Array("ring_latency_seconds".utf8)).varint(3, 4).bytes(4, metric.output)
        return ProtobufMessage.delimited(family.output)
    }
}

/// Counts from one; requests come at the same time.
private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
