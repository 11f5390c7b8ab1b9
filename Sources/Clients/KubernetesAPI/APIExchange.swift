import CurlHTTP
import MarkedYAML

/// One GET to the API server: what is asked, and how the answer is read.
package struct APIExchange: Sendable {
    /// As much as the JSON reader takes; a page of 500 pods stays under 10 MB.
    package static let defaultLimit = 64 << 20

    var path: String
    var query: [(String, String)]
    var accept: String
    var limit = Self.defaultLimit
    /// Nothing of the answer may appear in a message.
    var isSecret = false

    init(path: String, query: [(String, String)] = [], accept: String = MediaType.json) {
        self.path = path
        self.query = query
        self.accept = accept
    }

    /// Path and query as they are sent.
    var target: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { "\($0.percentEncoded)=\($1.percentEncoded)" }.joined(separator: "&")
    }

    func failure(_ kind: KubernetesFailure.Kind, _ message: String = "") -> KubernetesFailure {
        KubernetesFailure(kind, path: target, message: message)
    }

    /// The answer as JSON, or why it is none.
    func document(_ response: HTTPResponse) throws(KubernetesFailure) -> Node {
        guard !response.isTruncated else { throw failure(.truncated(limit: limit)) }
        guard response.contentType?.hasSuffix("json") == true else {
            throw notKubernetes(response)
        }
        let source = SourceText(name: target, bytes: response.body)
        do {
            return try JSONReader.document(source)
        } catch {
            let start = error.range.start
            throw failure(
                .malformed(place: "\(target):\(start.line):\(start.column)"),
                isSecret ? "not valid JSON" : error.message)
        }
    }

    func notKubernetes(_ response: HTTPResponse) -> KubernetesFailure {
        let start = isSecret ? "" : response.text.prefix(80).filter { !$0.isNewline }
        return failure(
            .notKubernetes(
                contentType: response.contentType ?? "without a content type",
                start: String(start)))
    }
}
