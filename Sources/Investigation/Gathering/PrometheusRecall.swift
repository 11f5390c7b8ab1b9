import Evidence
import KubernetesModel

/// Writes what a Prometheus remembers into what was gathered.
struct PrometheusRecall {
    /// Without credentials.
    let url: String
    let memory: PrometheusMemory

    /// Gaps of one kind that are told one by one.
    private static let shown = 3

    func write(into gathered: inout Gathered, wanted: [WantedPod]) {
        for index in gathered.views.indices where gathered.views[index].isCluster {
            let name = gathered.views[index].name
            let pods = wanted.filter { $0.cluster == name }
            guard !pods.isEmpty, var metrics = gathered.views[index].metrics else { continue }
            metrics.items += pods.compactMap(remembered)
            for (place, pod) in metrics.items.enumerated() {
                metrics.items[place].history = history(of: pod.pod, in: pods)
            }
            if let problem = memory.problem {
                metrics.missing.append(
                    MissingEvidence(problem.cause, source: "prometheus", text(problem.reason)))
            }
            gathered.views[index].metrics = metrics
        }
        gathered.unscraped.removeAll { one in
            memory.pages.keys.contains { $0.cluster == one.cluster && $0.item.pod == one.pod }
        }
        gathered.gaps += gaps(wanted)
    }

    /// The page of a pod that could not be read itself.
    private func remembered(_ wanted: WantedPod) -> ScrapedPod? {
        memory.pages[wanted].map { pages in
            var pod = ScrapedPod(
                pod: wanted.item.pod, page: pages.earlier ?? pages.now,
                later: pages.earlier == nil ? nil : pages.now,
                seconds: Double(PrometheusGatherer.present))
            pod.origin = .prometheus(url)
            return pod
        }
    }

    private func history(of pod: ObjectReference, in pods: [WantedPod]) -> CounterHistory? {
        let wanted = pods.first { $0.item.pod == pod }
        return wanted.flatMap { memory.spans[$0] }.map { CounterHistory(url: url, spans: $0) }
    }

    private func gaps(_ wanted: [WantedPod]) -> [Gap] {
        let refused = memory.problem.map { [$0.reason] } ?? []
        let told = wanted.filter { memory.obstacles[$0] != nil }
        let obstacles = told.prefix(Self.shown).map { pod in
            "\(pod.item.pod) of \(pod.cluster) \(memory.obstacles[pod] ?? "")"
        }
        let rest = told.count - obstacles.count
        let more = rest > 0 ? ["the same of \(rest) more pods"] : []
        return (refused + memory.warnings.sorted().prefix(Self.shown) + obstacles + more).map {
            Gap(source: "prometheus", reason: text($0))
        }
    }

    private func text(_ reason: String) -> String { "\(url): \(reason)" }
}
