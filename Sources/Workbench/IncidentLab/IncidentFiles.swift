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

    package var hasTwin: Bool { texts.keys.contains { $0.hasPrefix("repaired/") } }

    /// The incident as it stands: without its twin.
    package var broken: IncidentFiles {
        IncidentFiles(texts: texts.filter { !$0.key.hasPrefix("repaired/") })
    }

    /// The twin after the fix: the files that differ in the place of their originals, and
    /// without those that `removed.txt` lists.
    package var repaired: IncidentFiles {
        var files = broken.texts
        for (path, text) in below("repaired") {
            files[String(path.dropFirst("repaired/".count))] = text
        }
        let removed = files.removeValue(forKey: "removed.txt") ?? ""
        for path in removed.split(separator: "\n") { files[String(path)] = nil }
        return IncidentFiles(texts: files)
    }

    /// The same files in which every text went through a change.
    func rewritten(_ change: (String) -> String) -> IncidentFiles {
        IncidentFiles(texts: texts.mapValues(change))
    }
}
