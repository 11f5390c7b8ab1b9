import HTTPServing
import KubernetesEmulator
import MarkedYAML

/// What pods answer through the API server's proxy besides their metrics, as a Thanos Query does:
/// `answers/NAMESPACE/POD.yaml`, a mapping from path and query, as people write them, to JSON.
struct StagedAnswers: Sendable {
    private let bodies: [String: [String: String]]

    init(_ files: IncidentFiles) throws(LabError) {
        var bodies: [String: [String: String]] = [:]
        for (path, text) in files.below("answers") {
            let stream = YAMLReader.stream(SourceText(name: path, text: text))
            if let error = stream.errors.first {
                throw LabError(
                    .malformedIncident, "\(path):\(error.range.start.line): \(error.message)")
            }
            bodies[path] = StageDescription.map(stream.documents.first)
        }
        self.bodies = bodies
    }

    /// Nil for what nobody stages.
    func answer(_ request: ProxiedRequest) -> ServedResponse? {
        let query = request.request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let target = query.isEmpty ? request.path : "\(request.path)?\(query)"
        guard request.resource == "pods",
            let body = body(of: "\(request.namespace)/\(request.address.name)", target)
        else { return nil }
        return ServedResponse(
            status: 200, headers: [("Content-Type", "application/json")],
            body: .bytes(Array(body.utf8)))
    }

    /// What a pod answers to a path with its query, both as people write them.
    func body(of pod: String, _ target: String) -> String? {
        bodies["answers/\(pod).yaml"]?[target]
    }
}
