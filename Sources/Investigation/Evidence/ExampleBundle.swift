import KubernetesModel
import MarkedYAML
import PipelineModel

/// A small set of evidence in one text: files behind `-- name --` lines.
///
/// - `cluster/…` are objects as an API server has them; every other `.yaml` or `.json` is a
///   manifest, and a Prometheus configuration is recognised by its sections.
/// - `logs/NAMESPACE/POD/CONTAINER.log` and `….previous.log` are logs.
/// - `probes.txt` has a line for each probe: `PURPOSE URL OUTCOME`, the outcome `passed`, a
///   failure such as `refused`, or `unreachable-from-here`.
/// - `query/series.txt` has a line for each series: `SELECTOR AGE`, the age of its newest sample in
///   seconds or `none`.
/// - `served-kinds.txt` has a line for each kind: `GROUP/VERSION KIND`.
/// - `render.txt`, when it is there, says that the manifests are a complete render.
/// - `now.txt` holds the start of the run in seconds since 1970.
package struct ExampleBundle: Sendable {
    package struct File: Sendable {
        package let name: String
        package let text: String
        /// Lines, from 1, that carried a `# <-- finding` mark.
        package let markedLines: [Int]
    }

    package let files: [File]

    package init(_ text: String) {
        var files: [File] = []
        var name: String?
        var lines: [String] = []
        func finish() {
            guard let name else { return }
            files.append(Self.file(name, lines))
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                finish()
                name = String(line.dropFirst(3).dropLast(3))
                lines = []
            } else {
                lines.append(String(line))
            }
        }
        finish()
        self.files = files
    }

    private static let mark = "# <-- finding"

    private static func file(_ name: String, _ lines: [String]) -> File {
        var marked: [Int] = []
        var plain: [String] = []
        for (index, line) in lines.enumerated() {
            if line.hasSuffix(mark) {
                marked.append(index + 1)
                let text = line.dropLast(mark.count)
                plain.append(String(text.reversed().drop { $0 == " " }.reversed()))
            } else {
                plain.append(line)
            }
        }
        return File(name: name, text: plain.joined(separator: "\n"), markedLines: marked)
    }

    /// The evidence that gatherers would have made of the files.
    package var snapshot: Snapshot {
        var views: [ClusterView] = []
        let manifests = files.filter { Self.isObjectFile($0) && !$0.name.hasPrefix("cluster/") }
        let isComplete = files.contains { $0.name == "render.txt" }
        if !manifests.isEmpty {
            views.append(
                view("manifests", .manifests(isComplete: isComplete), files: manifests))
        }
        let live = files.filter { Self.isObjectFile($0) && $0.name.hasPrefix("cluster/") }
        let hasAddresses = files.contains { ["probes.txt", "query/series.txt"].contains($0.name) }
        if !live.isEmpty || (hasAddresses && manifests.isEmpty) {
            views.append(view("example", live.isEmpty ? .endpoints : .cluster, files: live))
        }
        let now = files.first { $0.name == "now.txt" }.flatMap {
            Double($0.text.filter { !$0.isWhitespace })
        }
        return Snapshot(views: views, now: now ?? 0)
    }

    private static func isObjectFile(_ file: File) -> Bool {
        [".yaml", ".yml", ".json"].contains(where: file.name.hasSuffix)
    }

    private func view(
        _ name: String, _ source: ClusterView.Source, files: [File]
    ) -> ClusterView {
        let documents = files.flatMap { file in
            MarkedReader.stream(SourceText(name: file.name, text: file.text)).documents
        }
        let objects = Objects(documents.flatMap { KubernetesObject.objects(in: $0) })
        let configurations = documents.filter(PrometheusConfiguration.isOne)
            .map(PrometheusConfiguration.init)
        let pipeline = Pipeline(objects, configurations: configurations)
        let isLive = source == .cluster || source == .endpoints
        return ClusterView(
            name: name, source: source, objects: objects, pipeline: pipeline,
            logs: isLive ? logs : [], probes: isLive ? probes(pipeline) : [],
            servedKinds: isLive ? servedKinds : nil, series: isLive ? series : nil)
    }

    private var logs: [ContainerLog] {
        files.compactMap { file in
            let parts = file.name.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0] == "logs" else { return nil }
            let isPrevious = parts[3].hasSuffix(".previous.log")
            let container = parts[3].dropLast(isPrevious ? 13 : 4)
            return ContainerLog(
                pod: ObjectReference(kind: "Pod", namespace: parts[1], name: parts[2]),
                container: String(container), isPrevious: isPrevious,
                lines: file.text.split(separator: "\n").map(String.init))
        }
    }

    private func probes(_ pipeline: Pipeline) -> [ProbeRecord] {
        lines(of: "probes.txt").compactMap { words in
            guard words.count == 3, let purpose = ProbeRecord.Purpose(rawValue: words[0]),
                let endpoint = EndpointAddress(url: words[1])
            else { return nil }
            let hop: ProbeRecord.Hop
            if let failure = ProbeRecord.Failure(rawValue: words[2]) {
                hop = ProbeRecord.Hop(
                    kind: .tcp, outcome: .failed(failure), detail: words[2], seconds: 0)
            } else {
                let outcome: ProbeRecord.Outcome =
                    words[2] == "passed" ? .passed : .notReachableFromHere
                hop = ProbeRecord.Hop(kind: .tcp, outcome: outcome, detail: words[2], seconds: 0)
            }
            return ProbeRecord(
                endpoint: endpoint, purpose: purpose, hops: [hop],
                target: pipeline.service(at: endpoint)?.reference, seenFrom: "example")
        }
    }

    private var servedKinds: Set<ServedKind>? {
        guard files.contains(where: { $0.name == "served-kinds.txt" }) else { return nil }
        return Set(
            lines(of: "served-kinds.txt").compactMap { words in
                words.count == 2 ? ServedKind(groupVersion: words[0], kind: words[1]) : nil
            })
    }

    private var series: [SeriesFreshness]? {
        guard files.contains(where: { $0.name == "query/series.txt" }) else { return nil }
        return lines(of: "query/series.txt").map { words in
            SeriesFreshness(
                selector: words.dropLast().joined(separator: " "),
                age: words.last.flatMap { Double($0) })
        }
    }

    private func lines(of name: String) -> [[String]] {
        let text = files.first { $0.name == name }?.text ?? ""
        return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}
