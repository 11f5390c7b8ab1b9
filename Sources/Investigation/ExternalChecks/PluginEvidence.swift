import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML

/// The document that a plug-in reads about one view: what it declared, and nothing else.
struct PluginEvidence: Sendable {
    static let schemaVersion = "1.0"

    let text: String
    let shown: Set<ObjectReference>
    /// What could not be seen of it.
    let gaps: [MissingEvidence]

    /// - Throws: why the plug-in is not asked, when a need is missing.
    init(
        for plugin: ExecutablePlugin, _ snapshot: Snapshot, _ view: ClusterView,
        _ hiding: Concealment
    ) throws(Missing) {
        var parts = JSONObject()
        var objects = JSONObject()
        var shown: Set<ObjectReference> = []
        var gaps: [MissingEvidence] = []
        for need in plugin.needs {
            switch need.read(snapshot, view, hiding) {
            case .missing(let missing): throw Missing(evidence: missing)
            case .known(let part, gaps: let missing):
                parts.members += part.members.members
                objects.members += part.objects.members
                shown.formUnion(part.references)
                gaps += missing
            }
        }
        var document: JSONObject = [
            "schemaVersion": .string(Self.schemaVersion), "check": .string(plugin.check.id),
            "now": .double(snapshot.now),
            "cluster": ["name": .string(view.name), "source": .string(Self.word(view.source))],
        ]
        if !objects.members.isEmpty { document["objects"] = .object(objects) }
        document.members += parts.members
        document["missing"] = .array(gaps.map { .string($0.reason) })
        text = JSONValue.object(document).compact
        self.shown = shown
        self.gaps = gaps
    }

    struct Missing: Error { let evidence: MissingEvidence }

    private static func word(_ source: ClusterView.Source) -> String {
        switch source {
        case .manifests: "manifests"
        case .cluster: "cluster"
        case .endpoints: "endpoints"
        }
    }
}
