import KubernetesModel

/// A small set of evidence in one text: files behind `-- name --` lines.
///
/// - `cluster/…` are objects as an API server has them; every other `.yaml` or `.json` is a
///   manifest, and a Prometheus configuration is recognised by its sections.
/// - `logs/NAMESPACE/POD/CONTAINER.log` and `….previous.log` are logs.
/// - `metrics/NAMESPACE/POD.txt` is what `/metrics` said, `….later.txt` what it said 10 s later.
/// - `probes.txt` has a line for each probe: `PURPOSE URL OUTCOME`, the outcome `passed`, a
///   failure such as `refused`, or `unreachable-from-here`; what was answered may stand behind it.
/// - `query/series.txt` has a line for each series: `SELECTOR{…} AGE COUNT`, the age of its newest
///   sample in seconds or `none`, and how many it finds or nothing; `query/stores.json` is what
///   `/api/v1/stores` answered; `query/counts.txt` has one line, `DEDUPLICATED RAW`.
/// - `bucket.txt` describes a bucket, see `ExampleBucket`.
/// - `served-kinds.txt` has a line for each kind: `GROUP/VERSION KIND`.
/// - `checkout.txt` has a line `remote URL` or `folder PATH` for each that the working copy has.
/// - `clock.txt` has one line, `AHEAD UNCERTAINTY`: the API server's clock, in seconds.
/// - `clusters/NAME/…` holds the same files for one more cluster of that name.
/// - `render.txt`, when it is there, says that the manifests are a complete render.
/// - `now.txt` holds the start of the run in seconds since 1970.
package struct ExampleBundle: Sendable {
    package struct File: Sendable {
        package let name: String
        package let text: String
        /// Lines, from 1, that carried a `# <-- finding` mark.
        package let markedLines: [Int]
        /// Its name within its cluster.
        var localName: String

        init(name: String, text: String, markedLines: [Int]) {
            self.name = name
            self.text = text
            self.markedLines = markedLines
            localName = name
        }

        func moved(to name: some StringProtocol) -> File {
            var file = self
            file.localName = String(name)
            return file
        }
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
        let manifests = files.filter {
            ExampleCluster.isObjectFile($0.name) && !$0.name.hasPrefix("cluster/")
                && !$0.name.hasPrefix("clusters/") && !$0.name.hasPrefix("query/")
        }
        if !manifests.isEmpty {
            let isComplete = files.contains { $0.name == "render.txt" }
            views.append(
                ExampleCluster.view(
                    "manifests", .manifests(isComplete: isComplete), objects: manifests))
        }
        let here = files.filter { !$0.name.hasPrefix("clusters/") }
        views += ExampleCluster(name: "example", files: here).liveView(
            besidesManifests: !manifests.isEmpty)
        for name in otherClusters {
            let prefix = "clusters/\(name)/"
            let theirs = files.compactMap { file in
                file.name.hasPrefix(prefix)
                    ? file.moved(to: file.name.dropFirst(prefix.count)) : nil
            }
            views += ExampleCluster(name: name, files: theirs).liveView(besidesManifests: false)
        }
        let now = files.first { $0.name == "now.txt" }.flatMap {
            Double($0.text.filter { !$0.isWhitespace })
        }
        return Snapshot(views: views, checkouts: checkouts, now: now ?? 0)
    }

    private var checkouts: [Checkout] {
        guard let file = files.first(where: { $0.name == "checkout.txt" }) else { return [] }
        let lines = file.text.split(separator: "\n").map { $0.split(separator: " ") }
        let values = { (key: String) in
            lines.filter { $0.count == 2 && $0[0] == key }.map { String($0[1]) }
        }
        return [
            Checkout(
                root: "/repository",
                remotes: Set(values("remote").map(ArgoApplication.Source.repository)),
                folders: Set(values("folder")))
        ]
    }

    /// In the order in which they come first.
    private var otherClusters: [String] {
        var names: [String] = []
        for file in files {
            let parts = file.name.split(separator: "/")
            guard parts.count > 2, parts[0] == "clusters" else { continue }
            let name = String(parts[1])
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
