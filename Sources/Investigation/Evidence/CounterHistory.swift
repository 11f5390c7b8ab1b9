package import MetricsText

/// How a pod's counters grew over some spans of time, as a Prometheus remembers it.
package struct CounterHistory: Sendable {
    /// What the counters of one page gained within so many seconds, up to now; a fall counts as a
    /// reset.
    package struct Span: Sendable {
        package let seconds: Int
        package let increases: MetricsPage

        package init(seconds: Int, increases: MetricsPage) {
            self.seconds = seconds
            self.increases = increases
        }
    }

    /// Where it is remembered, without credentials and without a slash at its end.
    package let url: String
    /// The shortest, which ends the list, says whether something goes on.
    package let spans: [Span]

    package init(url: String, spans: [Span]) {
        self.url = url
        self.spans = spans
    }

    /// The smallest of the rates, so that neither what is over nor what has just begun counts as
    /// lasting; nil when one of the spans does not know the counter.
    func rate(_ name: String, where labels: [String: String]) -> Double? {
        let rates = spans.compactMap { span in
            span.increases.sum(name, where: labels).map { $0 / Double(span.seconds) }
        }
        return rates.count == spans.count ? rates.min() : nil
    }

    /// The smallest of what each span has for it.
    func ratio(_ name: String, to other: String) -> Double? {
        let ratios = spans.compactMap { span -> Double? in
            guard let sum = span.increases.sum(name), let count = span.increases.sum(other),
                count > 0
            else { return nil }
            return sum / count
        }
        return ratios.count == spans.count ? ratios.min() : nil
    }

    /// `the last 1 h and the last 5 min`.
    var period: String {
        spans.map { "the last \(Self.text($0.seconds))" }.joined(separator: " and ")
    }

    private static func text(_ seconds: Int) -> String {
        switch seconds {
        case _ where seconds % 3600 == 0: "\(seconds / 3600) h"
        case _ where seconds % 60 == 0: "\(seconds / 60) min"
        case _: "\(seconds) s"
        }
    }
}

/// Where a pod's metrics were read.
package enum MetricsOrigin: Sendable, Hashable {
    /// Through the API server.
    case proxy
    /// At an address that the user gave for the page.
    case page(String)
    /// In a Prometheus that scrapes the pod.
    case prometheus(String)
}
