import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel

/// What an `ExampleBundle` says of one cluster.
struct ExampleCluster {
    let name: String
    let files: [ExampleBundle.File]

    /// Seconds between the two looks at a pod's metrics.
    private static let interval = 10.0

    static func isObjectFile(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains(where: name.hasSuffix)
    }

    static func view(
        _ name: String, _ source: ClusterView.Source, objects files: [ExampleBundle.File]
    ) -> ClusterView {
        let (objects, pipeline) = model(files)
        return ClusterView(name: name, source: source, objects: objects, pipeline: pipeline)
    }

    private static func model(_ files: [ExampleBundle.File]) -> (Objects, Pipeline) {
        let documents = files.flatMap { file in
            MarkedReader.stream(SourceText(name: file.name, text: file.text)).documents
        }
        let objects = Objects(documents.flatMap { KubernetesObject.objects(in: $0) })
        let configurations = documents.filter(PrometheusConfiguration.isOne)
            .map(PrometheusConfiguration.init)
        return (objects, Pipeline(objects, configurations: configurations))
    }

    /// The cluster as an API server would show it; bare addresses where there are no objects.
    func liveView(besidesManifests hasManifests: Bool) -> [ClusterView] {
        let live = files.filter {
            Self.isObjectFile($0.localName) && $0.localName.hasPrefix("cluster/")
        }
        let addresses = ["probes.txt", "bucket.txt", "query/"]
        let hasAddresses = files.contains { file in
            addresses.contains(where: file.localName.hasPrefix)
        }
        guard !live.isEmpty || (hasAddresses && !hasManifests) else { return [] }
        let (objects, pipeline) = Self.model(live)
        var view = ClusterView(
            name: name, source: live.isEmpty ? .endpoints : .cluster, objects: objects,
            pipeline: pipeline, logs: logs, probes: probes(pipeline), servedKinds: servedKinds,
            series: query?.series)
        view.clock = clock
        view.metrics = metrics.isEmpty ? nil : Observed(metrics)
        view.buckets = bucket(pipeline).map { Observed([$0]) }
        view.queries = query.map { Observed([$0]) }
        return [view]
    }

    private func text(_ name: String) -> String? { files.first { $0.localName == name }?.text }

    private func lines(_ name: String) -> [[String]]? {
        text(name).map { text in
            text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        }
    }

    private var logs: [ContainerLog] {
        files.compactMap { file in
            let parts = file.localName.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0] == "logs" else { return nil }
            let isPrevious = parts[3].hasSuffix(".previous.log")
            let container = parts[3].dropLast(isPrevious ? 13 : 4)
            return ContainerLog(
                pod: ObjectReference(kind: "Pod", namespace: parts[1], name: parts[2]),
                container: String(container), isPrevious: isPrevious,
                lines: file.text.split(separator: "\n").map(String.init))
        }
    }

    private var metrics: [ScrapedPod] {
        files.compactMap { file in
            let parts = file.localName.split(separator: "/").map(String.init)
            guard parts.count == 3, parts[0] == "metrics", parts[2].hasSuffix(".txt"),
                !parts[2].hasSuffix(".later.txt")
            else { return nil }
            let pod = String(parts[2].dropLast(4))
            let later = text("metrics/\(parts[1])/\(pod).later.txt")
            return ScrapedPod(
                pod: ObjectReference(kind: "Pod", namespace: parts[1], name: pod),
                page: Self.page(file.text), later: later.map(Self.page),
                seconds: later == nil ? 0 : Self.interval)
        }
    }

    private static func page(_ text: String) -> MetricsPage {
        let names = text.split(separator: "\n").map { line in
            String(line.prefix { $0 != "{" && $0 != " " })
        }
        return MetricsReader.page(text, families: Set(names))
    }

    private func bucket(_ pipeline: Pipeline) -> BucketState? {
        text("bucket.txt").map { text in
            let users = pipeline.receivers.map(\.reference) + pipeline.components.map(\.reference)
            return ExampleBucket.state(text, users: users)
        }
    }

    private var query: QueryState? {
        guard files.contains(where: { $0.localName.hasPrefix("query/") }) else { return nil }
        var state = QueryState(at: .url("http://query.example:10902"))
        state.series = (lines("query/series.txt") ?? []).map { words in
            // The selector ends with its brace, and may hold spaces.
            let end = (words.lastIndex { $0.hasSuffix("}") } ?? 0) + 1
            let numbers = words.dropFirst(end).map { Double($0) }
            return SeriesFreshness(
                selector: words.prefix(end).joined(separator: " "), age: numbers.first ?? nil,
                count: numbers.dropFirst().first ?? nil)
        }
        state.stores = text("query/stores.json").map(QueriedStore.all) ?? []
        if let words = lines("query/counts.txt")?.first, words.count == 2,
            let deduplicated = Double(words[0]), let raw = Double(words[1])
        {
            state.counts = QueryState.Counts(deduplicated: deduplicated, raw: raw)
        }
        return state
    }

    private func probes(_ pipeline: Pipeline) -> [ProbeRecord] {
        (lines("probes.txt") ?? []).compactMap { words in
            guard words.count >= 3, let purpose = ProbeRecord.Purpose(rawValue: words[0]),
                let endpoint = EndpointAddress(url: words[1])
            else { return nil }
            let outcome: ProbeRecord.Outcome =
                if let failure = ProbeRecord.Failure(rawValue: words[2]) {
                    .failed(failure)
                } else {
                    words[2] == "passed" ? .passed : .notReachableFromHere
                }
            return ProbeRecord(
                endpoint: endpoint, purpose: purpose,
                hops: [
                    ProbeRecord.Hop(
                        kind: .tcp, outcome: outcome,
                        detail: words.dropFirst(words.count > 3 ? 3 : 2).joined(separator: " "),
                        seconds: 0)
                ],
                target: pipeline.service(at: endpoint)?.reference
                    ?? pipeline.receiverIngresses.first { $0.hosts.contains(endpoint.host) }?
                    .reference,
                seenFrom: "example")
        }
    }

    private var clock: ClockOffset? {
        let words = lines("clock.txt")?.first?.compactMap(Double.init) ?? []
        return words.count == 2 ? ClockOffset(ahead: words[0], uncertainty: words[1]) : nil
    }

    private var servedKinds: Set<ServedKind>? {
        lines("served-kinds.txt").map { lines in
            Set(
                lines.compactMap { words in
                    words.count == 2 ? ServedKind(groupVersion: words[0], kind: words[1]) : nil
                })
        }
    }
}
