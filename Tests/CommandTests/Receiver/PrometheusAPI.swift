import CurlHTTP
import FoundationEssentials
import Testing

/// The query API that Prometheus has, and the receiver on its admin port.
struct PrometheusAPI: Sendable {
    /// `http://ADDRESS:PORT`.
    let url: String
    /// Labels that the server adds to what was sent.
    var external: Set<String> = []

    /// The float and the histogram samples of the series in a range vector.
    struct Answer: Sendable {
        var floats = StoredSamples()
        var histograms: Set<HistogramSample> = []

        func union(_ other: Self) -> Self {
            Self(
                floats: floats.union(other.floats),
                histograms: histograms.union(other.histograms))
        }

        /// Without what is newer, in milliseconds.
        func through(_ last: Int64) -> Self {
            Self(
                floats: floats.through(last),
                histograms: histograms.filter { $0.timestamp <= last })
        }
    }

    struct HistogramSample: Sendable, Hashable {
        let name: String
        let timestamp: Int64
        let count: String
        let sum: String
        /// Boundary rule, lower and upper bound, count of each bucket.
        let buckets: [[String]]
    }

    /// - Parameter moment: in milliseconds; the server's own time without one.
    func range(_ expression: String, at moment: Int64? = nil) async throws -> Answer {
        var query = "query=" + expression.utf8.map { String(queryByte: $0) }.joined()
        if let moment { query += "&time=\(Double(moment) / 1000)" }
        let response = try await CurlClient().send(
            HTTPRequest(.get, "\(url)/api/v1/query?\(query)", maxBodyBytes: 1 << 30, proxy: .none))
        try #require(response.status == 200, "\(expression): \(response.status) \(response.text)")
        return try JSONDecoder().decode(Document.self, from: Data(response.body))
            .answer(without: external)
    }
}

extension String {
    /// One byte as a query string may carry it.
    fileprivate init(queryByte byte: UInt8) {
        let isPlain = byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x7A || byte == 0x5F
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        self = isPlain ? String(UnicodeScalar(byte)) : "%\(byte < 16 ? "0" : "")\(hexadecimal)"
    }
}

private struct Document: Decodable {
    let data: Matrix

    struct Matrix: Decodable {
        let result: [Series]
    }

    struct Series: Decodable {
        let metric: [String: String]
        let values: [Point]?
        let histograms: [HistogramPoint]?
    }

    /// `[SECONDS, "VALUE"]`.
    struct Point: Decodable {
        let timestamp: Int64
        let value: Double

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            timestamp = milliseconds(try pair.decode(Double.self))
            value = Double(goText: try pair.decode(String.self)) ?? .nan
        }
    }

    /// `[SECONDS, {"count": "…", "sum": "…", "buckets": [[RULE, "LOWER", "UPPER", "COUNT"]]}]`.
    struct HistogramPoint: Decodable {
        struct Histogram: Decodable {
            let count: String
            let sum: String
            let buckets: [Bucket]?
        }

        struct Bucket: Decodable {
            let parts: [String]

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                let rule = "\(try list.decode(Int.self))"
                parts = [rule] + (try (0..<3).map { _ in try list.decode(String.self) })
            }
        }

        let timestamp: Int64
        let histogram: Histogram

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            timestamp = milliseconds(try pair.decode(Double.self))
            histogram = try pair.decode(Histogram.self)
        }
    }

    static func milliseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1000).rounded()) }

    func answer(without external: Set<String>) -> PrometheusAPI.Answer {
        data.result.reduce(into: PrometheusAPI.Answer()) { answer, series in
            let labels = series.metric.filter { !external.contains($0.key) }
            for point in series.values ?? [] {
                answer.floats.insert(labels, point.timestamp, point.value)
            }
            for point in series.histograms ?? [] {
                let sample = PrometheusAPI.HistogramSample(
                    name: series.metric["__name__"] ?? "", timestamp: point.timestamp,
                    count: point.histogram.count, sum: point.histogram.sum,
                    buckets: (point.histogram.buckets ?? []).map(\.parts))
                answer.histograms.insert(sample)
            }
        }
    }
}
