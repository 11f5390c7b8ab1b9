import KubernetesModel

/// The queries about some pods, all families in one of them so that they are few.
struct PrometheusQuestions {
    /// Keeps the name of a counter, which `increase` takes away.
    static let counterLabel = "counter_name"

    private let pods: String

    init(_ wanted: some Sequence<WantedPod>) {
        let pods = wanted.map(\.item.pod)
        let namespaces = Set(pods.map { $0.namespace ?? "default" }).sorted()
        let names = Set(pods.map(\.name)).sorted()
        self.pods = "namespace=~\"\(Self.oneOf(namespaces))\",pod=~\"\(Self.oneOf(names))\""
    }

    /// The targets that are these pods.
    var targets: String { "up{\(pods)}" }

    /// The values as they stand, or stood so many seconds ago.
    func values(of families: Set<String>, ago seconds: Int = 0) -> String {
        selector(of: families) + (seconds == 0 ? "" : " offset \(seconds)s")
    }

    /// What counters gained; a subquery, because only what has a label keeps its name apart.
    func increases(of families: Set<String>, within seconds: Int) -> String {
        let step = max(15, seconds / 60)
        let named =
            "label_replace(\(selector(of: families)),\"\(Self.counterLabel)\",\"$1\","
            + "\"__name__\",\"(.+)\")"
        return "increase(\(named)[\(seconds)s:\(step)s])"
    }

    private func selector(of families: Set<String>) -> String {
        "{__name__=~\"\(Self.oneOf(families.sorted()))\",\(pods)}"
    }

    /// A regular expression inside a PromQL string; names hold nothing special but full stops.
    private static func oneOf(_ names: [String]) -> String {
        names.map { $0.replacing("\\", with: "").replacing("\"", with: "") }
            .joined(separator: "|").replacing(".", with: "\\\\.")
    }
}
