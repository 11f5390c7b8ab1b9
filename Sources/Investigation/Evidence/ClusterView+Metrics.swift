package import KubernetesModel
import PipelineModel

extension ClusterView {
    /// A command that shows some of a pod's metrics where they were seen.
    ///
    /// - Parameter pattern: a part of their names, or several with `|` between them.
    package func metricsCommand(of pod: ObjectReference, port: Int, _ pattern: String) -> String {
        let scraped = metrics?.items.first { $0.pod == pod }
        let grep = " | grep \(pattern.contains("|") ? "-E '\(pattern)'" : pattern)"
        switch scraped?.origin {
        case .page(let url)?: return "curl -sS '\(url)'" + grep
        case .prometheus(let url)?: return Self.question(pattern, of: pod, to: url)
        case .proxy?, nil:
            let path = "/api/v1/namespaces/\(pod.namespace ?? "default")/pods/\(pod.name)"
            return kubectl("get --raw \(path):\(port)/proxy/metrics") + grep
        }
    }

    /// The same for a counter whose growth is the evidence: asks for what it gained.
    package func rateCommand(of pod: ObjectReference, port: Int, _ pattern: String) -> String {
        guard let history = history(of: pod), let span = history.spans.first else {
            return metricsCommand(of: pod, port: port, pattern)
        }
        return Self.question(pattern, of: pod, to: history.url, seconds: span.seconds)
    }

    /// When a pod's rates were seen, and by whom, to be put behind what they show; empty for two
    /// looks some seconds apart.
    package func ratePeriod(of pod: ObjectReference) -> String {
        history(of: pod).map { ", in \($0.period) (\($0.url))" } ?? ""
    }

    private func history(of pod: ObjectReference) -> CounterHistory? {
        metrics?.items.first { $0.pod == pod }?.history
    }

    private static func question(
        _ pattern: String, of pod: ObjectReference, to url: String, seconds: Int? = nil
    ) -> String {
        let labels = "namespace=\"\(pod.namespace ?? "default")\",pod=\"\(pod.name)\""
        // Counters end so; of a mere part of a name nobody knows what it finds.
        let isCounter = ["_total", "_count", "_sum"].contains(where: pattern.hasSuffix)
        var query = "{__name__=~\".*(\(pattern)).*\",\(labels)}"
        if isCounter, !pattern.contains("|") {
            query = "\(pattern){\(labels)}"
            if let seconds { query = "increase(\(query)[\(seconds)s])" }
        }
        return "curl -sG \(url)/api/v1/query --data-urlencode 'query=\(query)'"
    }
}
