import Evidence
import KubernetesModel
import MarkedYAML

/// One series of an answer of Prometheus' query API, with its newest value.
struct PrometheusSeries: Sendable, Hashable {
    let labels: [String: String]
    let value: Double

    var name: String { labels["__name__"] ?? "" }
}

/// What `/api/v1/query` answered, or why it is no answer.
struct PrometheusAnswer: Sendable {
    let series: [PrometheusSeries]
    /// What may be missing in it: Thanos answers in part when a store is away.
    let warnings: [String]

    private static let limits = ReadingLimits(depth: 20, nodes: 2_000_000, bytes: 32 << 20)
    private static let mostSeries = 50_000
    private static let mostWarnings = 3

    init(_ text: String) throws(PrometheusProblem) {
        let source = SourceText(name: "answer", text: text)
        let answer: Node
        do throws(YAMLError) {
            answer = try JSONReader.document(source, limits: Self.limits)
        } catch {
            throw PrometheusProblem(.malformed, "its answer is not the JSON of Prometheus' API")
        }
        guard answer["status"]?.string == "success" else {
            let error = answer["error"]?.string.map { ": \($0.prefix(200))" } ?? ""
            throw PrometheusProblem(.malformed, "it answers no result\(error)")
        }
        guard answer["data"]?["resultType"]?.string == "vector" else {
            throw PrometheusProblem(.malformed, "it answers something else than a vector")
        }
        let result = answer["data"]?["result"]?.items ?? []
        guard result.count <= Self.mostSeries else {
            throw PrometheusProblem(.malformed, "it answers more than \(Self.mostSeries) series")
        }
        series = result.compactMap { entry in
            // A native histogram has no value.
            guard let text = entry["value"]?.items.last?.string, let value = Double(text) else {
                return nil
            }
            return PrometheusSeries(labels: entry["metric"]?.stringMap ?? [:], value: value)
        }
        warnings = (answer["warnings"]?.items ?? []).prefix(Self.mostWarnings).compactMap {
            warning in
            warning.string.map { String($0.prefix(200)) }
        }
    }
}
