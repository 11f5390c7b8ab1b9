import CurlHTTP
import FoundationEssentials
import KubernetesAPI
import MarkedYAML
import Testing

/// One recorded answer of a real API server 1.36.
struct RecordedAnswer: Sendable, CustomTestStringConvertible {
    var index: Int
    var note: String
    var method: String
    var path: String
    var response: HTTPResponse

    var testDescription: String { "\(index) \(note) \(method) \(path)" }
}

/// The recorded answers, as `fixtures/apiserver` has them.
enum Recording {
    struct Missing: Error { var what: String }

    static let answers: [RecordedAnswer] = (try? load()) ?? []

    static func answer(_ note: String) throws -> RecordedAnswer {
        guard let answer = answers.first(where: { $0.note == note }) else {
            throw Missing(what: note)
        }
        return answer
    }

    private static func load() throws -> [RecordedAnswer] {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try Data(
            contentsOf: URL(filePath: "/\(folder)/fixtures/apiserver/apiserver.json"))
        let root = try JSONReader.document(
            SourceText(name: "apiserver.json", bytes: Array(bytes)))
        return try (root["answers"]?.items ?? []).enumerated().map { index, node in
            guard let request = node["request"], let response = node["response"],
                let method = request["method"]?.string, let path = request["path"]?.string,
                let status = response["status"]?.int, let body = response["body"]
            else { throw Missing(what: "fields of answer \(index)") }
            var headers = HTTPHeaders()
            for (key, value) in response["headers"]?.entries ?? [] {
                headers.append(key.string ?? "", value.scalarText ?? "")
            }
            let text = body.kind == .scalar ? body.scalarText ?? "" : body.plainValue.compact
            return RecordedAnswer(
                index: index, note: node["note"]?.string ?? "", method: method, path: path,
                response: HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
        }
    }
}

extension KubernetesClient {
    /// A client that is answered from a script and waits for nothing.
    static func scripted(
        _ transport: any HTTPTransport, pauses: @escaping @Sendable (Duration) -> Void = { _ in }
    ) -> KubernetesClient {
        KubernetesClient(
            ClusterConnection(server: "https://cluster", authorization: .bearer("t")),
            transport: transport,
            budget: RequestBudget(deadline: .now + .seconds(60)) { pauses($0) })
    }
}

/// The failure of a call that must fail.
func failure<Value>(
    of call: () async throws(KubernetesFailure) -> Value
) async throws -> KubernetesFailure {
    do {
        _ = try await call()
    } catch {
        return error
    }
    throw Recording.Missing(what: "a failure")
}
