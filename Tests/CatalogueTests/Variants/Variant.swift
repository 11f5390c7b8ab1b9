import CheckCatalogue
import Diagnosis
import Evidence
import FoundationEssentials
import KubernetesModel
import MarkedYAML
import Testing

/// The healthy deployment of the incidents, with one thing in it done another way.
struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The file of `fixtures/variants` with what comes in its place.
    var file: String?
    /// What goes: objects whose kind and name begin so.
    var without: [String] = []
    /// Texts of the objects' JSON, and what stands there instead.
    var edits: [Edit] = []

    struct Edit: Sendable {
        let old: String
        let new: String

        init(_ old: String, _ new: String) {
            self.old = old
            self.new = new
        }
    }

    /// What is looked at.
    enum Source: CaseIterable, Sendable { case cluster, manifests }

    func snapshot(_ source: Source, with fault: Edit? = nil) throws -> Snapshot {
        var documents = try Self.healthy().filter { object in
            let name = Self.name(of: object)
            return !without.contains(where: name.hasPrefix)
        }
        if let file { documents += try Self.objects("variants/\(file).yaml") }
        if source == .manifests { documents.removeAll(where: Self.isMadeByTheCluster) }
        var text = documents.map { $0.plainValue.compact }.joined(separator: "\n---\n")
        for edit in edits + [fault].compactMap(\.self) {
            try #require(text.contains(edit.old), "\(edit.old)")
            text = text.replacing(edit.old, with: edit.new)
        }
        let folder = source == .cluster ? "cluster/" : ""
        return ExampleBundle(
            "-- \(folder)objects.yaml --\n\(text)\n-- render.txt --\n-- now.txt --\n\(Self.now)"
        ).snapshot
    }

    func conclusion(_ source: Source, with fault: Edit? = nil) throws -> Conclusion {
        Conclusion(
            judging: try snapshot(source, with: fault), with: Catalogue.all,
            causes: Catalogue.causes)
    }

    /// The moment of the recording, 2026-11-20T12:00:00Z.
    private static let now = 1_795_176_000

    private static let fixtures =
        #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/fixtures/"

    private static func healthy() throws -> [Node] {
        let folder = "incidents/healthy/cluster/"
        return try FileManager.default.contentsOfDirectory(atPath: fixtures + folder).sorted()
            .filter { $0.hasSuffix(".yaml") }.flatMap { try objects(folder + $0) }
    }

    private static func objects(_ path: String) throws -> [Node] {
        let text = try String(contentsOfFile: fixtures + path, encoding: .utf8)
        return YAMLReader.stream(SourceText(name: path, text: text)).documents.flatMap { document in
            document["kind"]?.string == "List" ? document["items"].items : [document]
        }
    }

    private static func name(of object: Node) -> String {
        "\(object["kind"]?.string ?? "")/\(object["metadata"]?["name"]?.string ?? "")"
    }

    private static func isMadeByTheCluster(_ object: Node) -> Bool {
        let kinds = [
            "Pod", "ReplicaSet", "EndpointSlice", "Event", "Node", "Lease", "PersistentVolume",
            "PersistentVolumeClaim", "Application", "Namespace",
        ]
        let name = object["metadata"]?["name"]?.string ?? ""
        return kinds.contains(object["kind"]?.string ?? "")
            || object["metadata"]?["ownerReferences"] != nil || name == "kubernetes"
            || name.hasPrefix("kube-root-ca")
    }
}

extension Conclusion {
    /// What is wrong, worst first, as a line each.
    var complaints: [String] {
        findings.filter { $0.severity > .info }.map { "\($0.check): \($0.message)" }
    }

    var faults: Set<String> { Set(findings.filter { $0.severity > .info }.map(\.check)) }
}
