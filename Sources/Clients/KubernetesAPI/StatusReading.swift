import CurlHTTP
import MarkedYAML

/// An answer that is not 2xx, understood: the API server's `Status`, or something foreign.
struct StatusReading {
    private let response: HTTPResponse
    private let exchange: APIExchange
    /// The body as a `Status` object (meta/v1 types.go), when it is one.
    private let status: Node?

    init(_ response: HTTPResponse, _ exchange: APIExchange) {
        self.response = response
        self.exchange = exchange
        let document = try? exchange.document(response)
        status = document?["kind"]?.string == "Status" ? document : nil
    }

    var isStatus: Bool { status != nil }

    private var message: String { String((status?["message"]?.string ?? "").prefix(2000)) }

    func failure(hint: String?) -> KubernetesFailure {
        guard let kind = kind(hint: hint) else { return exchange.notKubernetes(response) }
        return exchange.failure(kind, message.isEmpty ? fallbackMessage : message)
    }

    private func kind(hint: String?) -> KubernetesFailure.Kind? {
        switch response.status {
        case 401: return isStatus || response.body.isEmpty ? .unauthorized(hint: hint) : nil
        case 403: return status == nil ? nil : .forbidden(denial)
        case 404: return missing
        case 410: return .gone
        case 429: return .tooManyRequests(retryAfter: retryAfter)
        case 500...599: return .serverError(code: response.status)
        default: return status == nil ? nil : .rejected(code: response.status)
        }
    }

    /// Only plain text and `Status` come from an API server: HTML is some other server's 404.
    private var missing: KubernetesFailure.Kind? {
        guard let status else {
            return response.contentType == "text/plain" ? .resourceNotServed : nil
        }
        let name = status[path: "details", "name"]?.string ?? ""
        return name.isEmpty ? .resourceNotServed : .objectMissing
    }

    /// Seconds; a date (RFC 9110, section 10.2.3) is not used by API servers and ignored.
    private var retryAfter: Int? {
        response.headers["Retry-After"].flatMap { Int($0) }.map { max(0, $0) }
    }

    private var fallbackMessage: String {
        exchange.isSecret ? "" : String(response.text.prefix(200).filter { !$0.isNewline })
    }

    private var denial: AccessDenial {
        AccessDenial(message: message, objectName: status?[path: "details", "name"]?.string)
            ?? AccessDenial(path: exchange.path)
    }
}

extension AccessDenial {
    /// The sentence of apiserver's `responsewriters.forbiddenMessage`:
    /// `User "u" cannot VERB resource "r" in API group "g" in the namespace "n"`.
    init?(message: String, objectName: String?) {
        guard let user = message.quoted(after: "User \""),
            let verb = message.word(after: "\" cannot ")
        else { return nil }
        if let path = message.quoted(after: "\(verb) path \"") {
            self.init(user: user, verb: verb, resource: path, apiGroup: "", namespace: nil)
            isPath = true
            return
        }
        guard let resource = message.quoted(after: "resource \"") else { return nil }
        self.init(
            user: user, verb: verb, resource: resource,
            apiGroup: message.quoted(after: "API group \"") ?? "",
            namespace: message.quoted(after: "in the namespace \""),
            name: objectName.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// What was asked, when the answer does not say what was refused.
    init(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        let isCore = parts.first == "api"
        var rest = parts.dropFirst(isCore ? 2 : 3)
        var namespace: String?
        if rest.first == "namespaces", rest.count > 2 {
            namespace = rest.dropFirst().first
            rest = rest.dropFirst(2)
        }
        let subresource = rest.count > 2 ? "/" + (rest.dropFirst(2).first ?? "") : ""
        self.init(
            user: "", verb: rest.count > 1 ? "get" : "list",
            resource: (rest.first ?? path) + subresource,
            apiGroup: isCore ? "" : parts.dropFirst().first ?? "", namespace: namespace,
            name: rest.dropFirst().first)
    }
}

extension String {
    func quoted(after marker: String) -> String? {
        guard let start = firstRange(of: marker)?.upperBound else { return nil }
        return self[start...].firstIndex(of: "\"").map { String(self[start..<$0]) }
    }

    func word(after marker: String) -> String? {
        guard let start = firstRange(of: marker)?.upperBound else { return nil }
        return String(self[start...].prefix { $0 != " " })
    }
}
