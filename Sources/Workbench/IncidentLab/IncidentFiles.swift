/// The files of one incident, by their path in its folder.
package struct IncidentFiles: Sendable {
    package private(set) var texts: [String: String]

    package init(texts: [String: String]) { self.texts = texts }

    package subscript(path: String) -> String? { texts[path] }

    /// The files below a folder, sorted by path.
    package func below(_ folder: String) -> [(path: String, text: String)] {
        texts.filter { $0.key.hasPrefix(folder + "/") }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    /// The files of a folder, as an incident of their own.
    func inside(_ folder: String) -> IncidentFiles {
        let own = below(folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
        return IncidentFiles(texts: Dictionary(uniqueKeysWithValues: own))
    }

    /// The clusters beside that of `cluster/`: the folders below `clusters/`.
    var clusterNames: [String] {
        let names = below("clusters").compactMap { path, _ -> String? in
            let parts = path.split(separator: "/")
            return parts.count > 2 ? String(parts[1]) : nil
        }
        return Set(names).sorted()
    }

    package var hasTwin: Bool { texts.keys.contains { $0.hasPrefix("repaired/") } }

    /// The incident as it stands: without its twin.
    package var broken: IncidentFiles {
        IncidentFiles(texts: texts.filter { !$0.key.hasPrefix("repaired/") })
    }

    /// The twin after the fix: what `repaired/` has in the place of its originals.
    package var repaired: IncidentFiles {
        let twin = below("repaired").map { ($0.path.dropFirst("repaired/".count), $0.text) }
        return broken.overlaid(
            with: Dictionary(uniqueKeysWithValues: twin.map { (String($0.0), $0.1) }))
    }

    /// The files of a base, with these in the place of their originals.
    package func standing(on base: IncidentFiles) -> IncidentFiles {
        base.broken.overlaid(with: texts)
    }

    /// The files with others in the place of their originals, and without those that the
    /// `removed.txt` of the others lists, one path a line.
    private func overlaid(with others: [String: String]) -> IncidentFiles {
        var files = texts.merging(others) { _, other in other }
        let removed = files.removeValue(forKey: "removed.txt") ?? ""
        for path in removed.split(separator: "\n") { files[String(path)] = nil }
        return IncidentFiles(texts: files)
    }

    /// The same files in which every text went through a change.
    func rewritten(_ change: (String) -> String) -> IncidentFiles {
        IncidentFiles(texts: texts.mapValues(change))
    }
}
