import MarkedYAML

/// Contexts, clusters and users of all kubeconfig files, merged as kubectl merges them.
package struct Kubeconfig: Sendable {
    /// One named entry, with the folder that its relative paths start from.
    struct Entry: Sendable {
        var name: String
        var value: Node
        var folder: String
    }

    package private(set) var currentContext: String?
    private(set) var contexts: [Entry] = []
    private(set) var clusters: [Entry] = []
    private(set) var users: [Entry] = []
    /// The files that were read.
    package private(set) var paths: [String] = []

    /// Reads every file of a source; the first to name a thing wins.
    package static func load(_ source: KubeconfigSource) throws(KubeconfigError) -> Kubeconfig {
        var config = Kubeconfig()
        for path in source.paths {
            let file = BoundedFile(path)
            if source.explicitPath == nil, !file.exists { continue }
            try config.merge(path, try file.bytes())
        }
        guard !config.paths.isEmpty else {
            throw KubeconfigError(
                .fileMissing,
                "no kubeconfig found (\(source.inWords)): name one with --kubeconfig or KUBECONFIG")
        }
        return config
    }

    package init() {}

    package var contextNames: [String] { contexts.map(\.name) }

    private mutating func merge(_ path: String, _ bytes: [UInt8]) throws(KubeconfigError) {
        let stream = YAMLReader.stream(SourceText(name: path, bytes: bytes))
        if let error = stream.errors.first {
            throw KubeconfigError(.fileInvalid, error.message, place: error.range.placeText)
        }
        paths.append(path)
        // An empty file is an empty configuration to kubectl as well.
        guard let root = stream.documents.first, !root.isNull else { return }
        guard root.kind == .mapping else {
            throw KubeconfigError(
                .fileInvalid, "not a kubeconfig: a mapping is expected here",
                place: root.range.placeText)
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try merge(root["contexts"], key: "context", folder, into: \.contexts)
        try merge(root["clusters"], key: "cluster", folder, into: \.clusters)
        try merge(root["users"], key: "user", folder, into: \.users)
        if currentContext == nil, let name = root["current-context"]?.string, !name.isEmpty {
            currentContext = name
        }
    }

    private mutating func merge(
        _ list: Node?, key: String, _ folder: String,
        into entries: WritableKeyPath<Kubeconfig, [Entry]>
    ) throws(KubeconfigError) {
        guard let list, !list.isNull else { return }
        guard list.kind == .sequence else {
            throw KubeconfigError(
                .fileInvalid, "a list of \(key)s is expected here", place: list.range.placeText)
        }
        for item in list.items {
            guard let name = item["name"]?.string else {
                throw KubeconfigError(
                    .fileInvalid, "this \(key) has no name", place: item.range.placeText)
            }
            guard !self[keyPath: entries].contains(where: { $0.name == name }) else { continue }
            // A user without credentials may leave out the inner mapping.
            self[keyPath: entries].append(
                Entry(name: name, value: item[key] ?? item, folder: folder))
        }
    }
}

extension Kubeconfig {
    /// The context by name, or the current one; an unknown name lists those there are.
    func context(_ wanted: String?) throws(KubeconfigError) -> Entry {
        guard let name = wanted ?? currentContext else {
            throw contexts.isEmpty
                ? KubeconfigError(
                    .empty, "no contexts in \(paths.joined(separator: ", "))")
                : KubeconfigError(
                    .noCurrentContext,
                    "no current-context is set: choose one with --context, there are "
                        + contextNames.joined(separator: ", "))
        }
        guard let entry = contexts.first(where: { $0.name == name }) else {
            throw KubeconfigError(.unknownContext, unknown("context", name, contextNames))
        }
        return entry
    }

    func entry(
        _ kind: String, _ reference: Node?, of context: Entry, in entries: [Entry],
        _ code: KubeconfigError.Code
    ) throws(KubeconfigError) -> Entry {
        guard let name = reference?.string, !name.isEmpty else {
            throw KubeconfigError(
                code, "context \(context.name) names no \(kind)",
                place: context.value.range.placeText)
        }
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw KubeconfigError(
                code, unknown(kind, name, entries.map(\.name)),
                place: reference?.range.placeText)
        }
        return entry
    }

    private func unknown(_ kind: String, _ name: String, _ names: [String]) -> String {
        let sorted = NameDistance.nearestFirst(names, to: name)
        guard let nearest = sorted.first else { return "unknown \(kind) \(name): there are none" }
        let question = NameDistance.isTypo(name, nearest) ? "did you mean \(nearest)? " : ""
        return "unknown \(kind) \(name): \(question)there are \(sorted.joined(separator: ", "))"
    }
}

extension SourceRange {
    /// `FILE:LINE:COLUMN`.
    var placeText: String { "\(source.name):\(start.line):\(start.column)" }
}
