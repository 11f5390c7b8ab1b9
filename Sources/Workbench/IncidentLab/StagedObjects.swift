import KubernetesModel
import MarkedYAML
import PipelineModel

/// The objects of an incident's cluster.
///
/// Those of `changed.yaml` stand in the place of what other files say of the same object, and what
/// `removed.txt` names is not there, so that an incident on a base shows what differs and no more.
struct StagedObjects {
    let objects: Objects

    private static let folder = "cluster"
    private static let changed = "\(folder)/changed.yaml"
    private static let removed = "\(folder)/removed.txt"

    init(_ files: IncidentFiles, of incident: String) throws(LabError) {
        var objects: [KubernetesObject] = []
        for (path, text) in files.below(Self.folder)
        where path != Self.changed && path != Self.removed {
            objects += try Self.read(text, "\(incident)/\(path)")
        }
        let changed = try Self.read(files[Self.changed] ?? "", "\(incident)/\(Self.changed)")
        // One object a line: `Pod monitoring/thanos-receiver-0`.
        let removed = (files[Self.removed] ?? "").split(separator: "\n").map(String.init)
        let gone = Set(removed + changed.map(\.reference.description))
        self.objects = Objects(
            objects.filter { !gone.contains($0.reference.description) } + changed)
    }

    private static func read(
        _ text: String, _ place: String
    ) throws(LabError) -> [KubernetesObject] {
        let stream = YAMLReader.stream(SourceText(name: place, text: text))
        if let error = stream.errors.first {
            throw LabError(
                .malformedIncident, "\(place):\(error.range.start.line): \(error.message)")
        }
        return stream.documents.flatMap { KubernetesObject.objects(in: $0) }
    }
}
