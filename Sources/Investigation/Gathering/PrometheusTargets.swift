import KubernetesModel

/// The targets of a Prometheus, by the series `up`: its labels are those that each series of the
/// target has besides the page's own.
struct PrometheusTargets {
    /// What becomes of the question which target a pod is.
    enum Match: Hashable {
        case found([String: String])
        /// Nothing there is this pod.
        case unknown
        /// The Prometheus cannot scrape it either.
        case down
        case ambiguous(String)
    }

    private var byPod: [ObjectReference: [PrometheusSeries]]

    init(_ up: [PrometheusSeries]) {
        byPod = Dictionary(grouping: up, by: \.pod)
    }

    /// - Parameter clusterLabels: what the agents of the pod's cluster add, as far as it is known.
    func match(
        _ item: ScrapePlan.Item, clusterLabels: [String: Set<String>]
    ) -> Match {
        let targets = (byPod[item.pod] ?? []).filter { target in
            let isForeign = clusterLabels.contains { name, values in
                target.labels[name].map { !values.contains($0) } ?? false
            }
            return !isForeign && target.mayBe(item)
        }
        guard let first = targets.first else { return .unknown }
        let running = targets.filter { $0.value == 1 }
        guard let chosen = running.first else {
            return targets.count == 1 ? .down : .ambiguous(Self.difference(targets, first))
        }
        // Two jobs that scrape the same page say the same.
        let isOne = running.allSatisfy { target in
            target.labels.filter { $0.key != "job" } == chosen.labels.filter { $0.key != "job" }
        }
        guard isOne else { return .ambiguous(Self.difference(running, chosen)) }
        let ordered = running.map { $0.labels }.min { ($0["job"] ?? "") < ($1["job"] ?? "") }
        return .found(ordered ?? chosen.labels)
    }

    private static func difference(
        _ targets: [PrometheusSeries], _ first: PrometheusSeries
    ) -> String {
        let names = Set(targets.flatMap(\.labels.keys)).filter { name in
            targets.contains { $0.labels[name] != first.labels[name] }
        }
        return "\(targets.count) targets that differ in \(names.sorted().joined(separator: ", "))"
    }
}

extension PrometheusSeries {
    /// The pod that the labels name.
    var pod: ObjectReference {
        ObjectReference(kind: "Pod", namespace: labels["namespace"], name: labels["pod"] ?? "")
    }

    /// Whether the address that is scraped can be the one that is meant.
    ///
    /// A sidecar has another port, and a namesake in another cluster another address. A text that
    /// is no address, from relabelling, says nothing.
    fileprivate func mayBe(_ item: ScrapePlan.Item) -> Bool {
        guard let instance = labels["instance"], let colon = instance.lastIndex(of: ":"),
            let port = Int(instance[instance.index(after: colon)...])
        else { return true }
        guard port == item.port else { return false }
        let host = instance[..<colon].filter { $0 != "[" && $0 != "]" }
        let isNumeric = host.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" }
        guard let address = item.address, isNumeric, host.contains(where: { ".:".contains($0) })
        else { return true }
        return host == address
    }

    /// The labels of the page itself; nil for a series of another target.
    func ownLabels(of target: [String: String]) -> [String: String]? {
        guard target.allSatisfy({ $0.key == "__name__" || labels[$0.key] == $0.value }) else {
            return nil
        }
        var own: [String: String] = [:]
        for (name, value) in labels where target[name] == nil && !Self.added.contains(name) {
            // Prometheus renames a label of the page that the target has as well.
            let original = name.hasPrefix("exported_") ? String(name.dropFirst(9)) : name
            own[target[original] == nil ? name : original] = value
        }
        return own
    }

    private static let added: Set = ["__name__", PrometheusQuestions.counterLabel]
}
