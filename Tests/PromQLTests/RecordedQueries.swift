import FoundationEssentials
import LabelMatching
import MarkedYAML
import PromQL
import Testing
import TimeSeries

/// A request to a real Prometheus and what it answered; fixtures/promql/README.md tells more.
struct RecordedQuery: Sendable, CustomTestStringConvertible {
    let parameters: [String: String]
    let status: Int
    let answer: JSONValue

    var testDescription: String {
        let query = parameters["query"] ?? ""
        return parameters["step"].map { "\(query) each \($0)" } ?? query
    }

    static let all: [RecordedQuery] = Fixture.document("recorded.json").items.map { node in
        RecordedQuery(
            parameters: Dictionary(
                (node["request"]?.entries ?? []).map {
                    ($0.key.scalarText ?? "", $0.value.scalarText ?? "")
                }, uniquingKeysWith: { $1 }),
            status: node["status"]?.int ?? 0, answer: node["answer"]?.plainValue ?? nil)
    }
}

/// The series over which the queries were recorded.
struct RecordedSeries: SeriesSource {
    static let shared = RecordedSeries()

    private let series: [StoredSeries]

    private init() {
        series = (Fixture.document("data.json")["series"]?.items ?? []).map { node in
            StoredSeries(
                labels: LabelSet(
                    (node["labels"]?.entries ?? []).map {
                        SeriesLabel($0.key.scalarText ?? "", $0.value.scalarText ?? "")
                    }),
                samples: (node["samples"]?.items ?? []).map { Sample(recorded: $0.items) },
                histograms: (node["histograms"]?.items ?? []).map { node in
                    (Int64(node.items[0].int ?? 0), NativeHistogram(recorded: node.items[1]))
                })
        }
    }

    func series(
        matching matchers: [LabelMatcher], from start: Int64, through end: Int64
    ) throws(QueryError) -> [StoredSeries] {
        series.filter { matchers.matches($0.labels) }.map { series in
            StoredSeries(
                labels: series.labels,
                samples: series.samples.filter { (start...end).contains($0.timestamp) },
                histograms: series.histograms.filter { (start...end).contains($0.timestamp) })
        }
    }
}

private enum Fixture {
    /// A file of `fixtures/promql`.
    static func document(_ name: String) -> Node {
        let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
        let data = FileManager.default.contents(atPath: "/\(root)/fixtures/promql/\(name)")
        let source = SourceText(name: name, bytes: Array(data ?? Data("[]".utf8)))
        let stream = MarkedReader.stream(source)
        return stream.documents.first
            ?? MarkedReader.stream(SourceText(name: "", text: "[]"))
            .documents[0]
    }
}

extension Sample {
    fileprivate init(recorded fields: [Node]) {
        let text = fields[1].scalarText ?? ""
        self.init(
            timestamp: Int64(fields[0].int ?? 0),
            value: text == "stale" ? Self.staleMarker : Double(text) ?? 0)
    }
}

extension NativeHistogram {
    fileprivate init(recorded node: Node) {
        func spans(_ key: String) -> [BucketSpan] {
            (node[key]?.items ?? []).map {
                BucketSpan(
                    offset: Int32($0.items[0].int ?? 0), length: UInt32($0.items[1].int ?? 0))
            }
        }
        func deltas(_ key: String) -> [Int64] {
            (node[key]?.items ?? []).map { Int64($0.int ?? 0) }
        }
        self.init(
            layout: HistogramLayout(
                schema: Int32(node["schema"]?.int ?? 0),
                zeroThreshold: node["zero_threshold"]?.double ?? 0,
                positiveSpans: spans("positive_spans"), negativeSpans: spans("negative_spans")),
            sum: node["sum"]?.double ?? 0,
            counts: .integer(
                IntegerCounts(
                    count: UInt64(node["count"]?.int ?? 0),
                    zeroCount: UInt64(node["zero_count"]?.int ?? 0),
                    positiveDeltas: deltas("positive_deltas"),
                    negativeDeltas: deltas("negative_deltas"))))
    }
}
