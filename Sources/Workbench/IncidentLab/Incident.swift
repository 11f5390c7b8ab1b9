import MarkedYAML

/// An incident: what was broken, what the diagnosis has to be, and the files that stage it.
package struct Incident: Sendable {
    package let name: String
    package let title: String
    package let story: String
    package let source: String
    package let now: String
    /// The incident whose files stand where this one has none of its own; nil where it is complete.
    package let base: String?
    /// The first root cause; nil where nothing is wrong.
    package let root: String?
    package let symptoms: [String]
    package let also: [String]
    package let allowed: [String]
    package let notReported: [String]
    /// What loopback cannot stage, and what stands in for it.
    package let standIn: String?
    package let commands: [String]
    package let files: IncidentFiles

    package init(name: String, files: IncidentFiles) throws(LabError) {
        guard let text = files["incident.yaml"] else {
            throw LabError(.malformedIncident, "\(name): incident.yaml is missing")
        }
        let stream = YAMLReader.stream(
            SourceText(name: "\(name)/incident.yaml", text: text), limits: .standard)
        if let error = stream.errors.first {
            throw LabError(
                .malformedIncident,
                "\(name)/incident.yaml:\(error.range.start.line): \(error.message)")
        }
        guard let node = stream.documents.first, let title = node["title"]?.string,
            let now = node["now"]?.string
        else { throw LabError(.malformedIncident, "\(name)/incident.yaml: title or now missing") }
        self.name = name
        self.files = files
        self.title = title
        self.now = now
        story = node["story"]?.string ?? ""
        source = node["source"]?.string ?? ""
        base = node["base"]?.string
        root = node["root"]?.string
        standIn = node["standIn"]?.string
        let list = { (key: String) in node[key]?.items.compactMap(\.string) ?? [] }
        symptoms = list("symptoms")
        also = list("also")
        allowed = list("allowed")
        notReported = list("notReported")
        commands = list("commands")
    }
}
