import Evidence
import KubernetesModel
package import MarkedYAML
import PipelineModel

/// Reads manifests from files, folders and standard input.
package struct ManifestGatherer: Sendable {
    package let paths: [String]
    package let limits: ReadingLimits

    package init(paths: [String], limits: ReadingLimits = .standard) {
        self.paths = paths
        self.limits = limits
    }

    /// Paths that do not exist.
    package var absentPaths: [String] { ManifestFiles(paths).absent }

    package func gather() async -> Gathered {
        let files = ManifestFiles(paths)
        var gaps = files.unreadable.map {
            Gap(source: "manifests", reason: "\($0.path): \($0.reason)")
        }
        let read = await readAll(files.paths)
        gaps += read.flatMap(\.gaps)
        return Gathered(views: await ManifestViews.views(of: read), gaps: gaps)
    }

    /// Reads on all cores: libyaml is the larger part of the time.
    private func readAll(_ paths: [String]) async -> [ManifestFile] {
        let limits = limits
        let width = 16
        let slices = stride(from: 0, to: paths.count, by: max(1, paths.count / width)).map {
            Array(paths[$0..<min(paths.count, $0 + max(1, paths.count / width))])
        }
        return await withTaskGroup(of: (Int, [ManifestFile]).self) { group in
            for (index, slice) in slices.enumerated() {
                group.addTask { (index, slice.map { ManifestFile(path: $0, limits: limits) }) }
            }
            var parts: [[ManifestFile]] = Array(repeating: [], count: slices.count)
            for await (index, part) in group { parts[index] = part }
            return Array(parts.joined())
        }
    }
}

/// One file: the objects and configurations in it, and what could not be read.
struct ManifestFile: Sendable {
    let path: String
    let objects: [KubernetesObject]
    let configurations: [PrometheusConfiguration]
    let gaps: [Gap]

    init(path: String, limits: ReadingLimits) {
        let name = path == "-" ? "<stdin>" : path
        switch BoundedReading.read(path: path, limit: limits.bytes) {
        case .bytes(let bytes):
            self.init(SourceText(name: name, bytes: bytes), path: path, limits: limits)
        case .tooLarge:
            let bound = "larger than \(limits.bytes >> 20) MiB"
            self.init(path: path, gap: "\(name): \(bound); split it or leave it out")
        case .failed(let reason):
            self.init(path: path, gap: "\(name): \(reason)")
        }
    }

    init(_ source: SourceText, path: String, limits: ReadingLimits) {
        let stream = MarkedReader.stream(source, limits: limits)
        self.path = path
        objects = stream.documents.flatMap { KubernetesObject.objects(in: $0) }
        configurations = stream.documents.filter(PrometheusConfiguration.isOne)
            .map(PrometheusConfiguration.init)
        gaps = stream.errors.map { error in
            let places = [error.range, error.related].compactMap(\.self)
            return Gap(source: "manifests", reason: error.message, locations: places)
        }
    }

    private init(path: String, gap: String) {
        self.path = path
        objects = []
        configurations = []
        gaps = [Gap(source: "manifests", reason: gap)]
    }
}

/// Which files describe one cluster.
///
/// Files that name the same object twice describe several clusters (overlays side by side), and
/// nothing may be concluded from one about the other: then each folder stands for itself.
enum ManifestViews {
    static func views(of files: [ManifestFile]) async -> [ClusterView] {
        let used = files.filter { !$0.objects.isEmpty || !$0.configurations.isEmpty }
        guard !used.isEmpty else { return [] }
        guard nameAnObjectTwice(used) else { return [await view("manifests", used)] }
        var folders: [String] = []
        var members: [String: [ManifestFile]] = [:]
        for file in used {
            let folder = folder(of: file.path)
            if members[folder] == nil { folders.append(folder) }
            members[folder, default: []].append(file)
        }
        var views: [ClusterView] = []
        for folder in folders { views.append(await view(folder, members[folder] ?? [])) }
        return views
    }

    private static func nameAnObjectTwice(_ files: [ManifestFile]) -> Bool {
        var seen: Set<ObjectReference> = []
        for file in files {
            for object in file.objects where !seen.insert(object.reference).inserted {
                return true
            }
        }
        return false
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }

    private static func view(_ name: String, _ files: [ManifestFile]) async -> ClusterView {
        let objects = Objects(files.flatMap(\.objects))
        let pipeline = await Pipeline.derived(
            from: objects, configurations: files.flatMap(\.configurations))
        return ClusterView(
            name: name, source: .manifests(isComplete: false), objects: objects,
            pipeline: pipeline)
    }
}
