import Evidence
import MetricsText

/// What one Prometheus said of the pods that it was asked for.
struct PrometheusMemory: Sendable {
    /// A pod's metrics as they stood some minutes ago, and as they stand.
    struct Pages: Sendable {
        /// Nil where it did not know the target yet.
        let earlier: MetricsPage?
        let now: MetricsPage
    }

    var pages: [WantedPod: Pages] = [:]
    /// How counters grew, the longest span first.
    var spans: [WantedPod: [CounterHistory.Span]] = [:]
    var obstacles: [WantedPod: String] = [:]
    var warnings: Set<String> = []
    /// Why it did not say everything.
    var problem: PrometheusProblem?

    mutating func merge(_ other: PrometheusMemory) {
        pages.merge(other.pages) { first, _ in first }
        spans.merge(other.spans) { first, _ in first }
        obstacles.merge(other.obstacles) { first, _ in first }
        warnings.formUnion(other.warnings)
        problem = problem ?? other.problem
    }
}

/// An answer's series by pod, made pages of the targets that they came from.
struct RememberedPages {
    private let byPod: [String: [PrometheusSeries]]

    init(_ answer: PrometheusAnswer) {
        byPod = Dictionary(grouping: answer.series) { $0.labels["pod"] ?? "" }
    }

    func page(of target: [String: String]) -> MetricsPage {
        var page = MetricsPage()
        for series in byPod[target["pod"] ?? ""] ?? [] {
            guard let labels = series.ownLabels(of: target),
                let name = series.labels[PrometheusQuestions.counterLabel]
                    ?? series.labels["__name__"]
            else { continue }
            page.add(MetricsPage.Point(labels: labels, value: series.value), to: name)
        }
        return page
    }
}
