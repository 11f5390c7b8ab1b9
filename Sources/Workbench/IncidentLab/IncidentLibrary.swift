import FoundationEssentials

/// The incidents that can be staged: the built-in ones, and those of folders that the user adds.
package struct IncidentLibrary: Sendable {
    private let files: [String: IncidentFiles]

    package init(folders: [String] = []) throws(LabError) {
        var texts: [String: [String: String]] = [:]
        for (path, text) in EmbeddedIncidents.files {
            guard let slash = path.firstIndex(of: "/") else { continue }
            let name = String(path[..<slash])
            texts[name, default: [:]][String(path[path.index(after: slash)...])] = text
        }
        for folder in folders {
            for (name, files) in try Self.incidents(in: folder) { texts[name] = files }
        }
        files = texts.filter { $0.value["incident.yaml"] != nil }.mapValues(IncidentFiles.init)
    }

    package var names: [String] { files.keys.sorted() }

    package func incident(_ name: String) throws(LabError) -> Incident {
        guard let own = files[name] else {
            throw LabError(.unknownIncident, "unknown incident '\(name)'")
        }
        let incident = try Incident(name: name, files: own)
        guard let base = incident.base else { return incident }
        guard let files = files[base], try Incident(name: base, files: files).base == nil else {
            throw LabError(
                .malformedIncident,
                "\(name)/incident.yaml: base '\(base)' is no incident that is complete in itself")
        }
        return try Incident(name: name, files: own.standing(on: files))
    }

    private static func incidents(
        in folder: String
    ) throws(LabError) -> [String: [String: String]] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw LabError(.unknownIncident, "\(folder): no such folder of incidents")
        }
        var texts: [String: [String: String]] = [:]
        for path in names {
            guard let slash = path.firstIndex(of: "/"),
                let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            else { continue }
            texts[String(path[..<slash]), default: [:]][
                String(path[path.index(after: slash)...])] = text
        }
        return texts
    }
}

/// The incidents that come with the program; the build writes their files into it.
package enum EmbeddedIncidents {}
