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
    /// What is broken; empty where nothing is wrong.
    package let faults: [Fault]
    package let also: [String]
    package let allowed: [String]
    package let notReported: [String]
    /// What loopback cannot stage, and what stands in for it.
    package let standIn: String?
    package let commands: [String]
    /// A folder of the incident that the doctor gets with `-f`; nil where it sees the cluster only.
    package let compared: String?
    package let files: IncidentFiles

    /// One root cause, with what has to be folded under it.
    package struct Fault: Sendable, Hashable {
        package let root: String
        package let symptoms: [String]
    }

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
        faults = try Self.faults(node, name)
        standIn = node["standIn"]?.string
        compared = node["compared"]?.string
        let list = { (key: String) in Self.list(node[key]) }
        also = list("also")
        allowed = list("allowed")
        notReported = list("notReported")
        commands = list("commands")
    }

    /// `root` with a list of symptoms, or `roots` with one list for each of them, under its id.
    private static func faults(_ node: Node, _ name: String) throws(LabError) -> [Fault] {
        let symptoms = node["symptoms"]
        if let root = node["root"]?.string {
            return [Fault(root: root, symptoms: list(symptoms))]
        }
        let roots = list(node["roots"])
        for key in symptoms?.entries.compactMap(\.key.string) ?? [] where !roots.contains(key) {
            throw LabError(
                .malformedIncident,
                "\(name)/incident.yaml: symptoms of '\(key)', which is none of its roots")
        }
        return roots.map { Fault(root: $0, symptoms: list(symptoms?[$0])) }
    }

    private static func list(_ node: Node?) -> [String] {
        node?.items.compactMap(\.string) ?? []
    }
}
