import HTTPServing
import MarkedYAML

/// A `Status` object: what the API server says when there is nothing else to say.
struct APIStatus: Error, Sendable, Hashable {
    var code: Int
    var reason: String
    var message: String
    /// Nil leaves `details` out, an empty object is shown as one; both occur.
    var details: JSONObject?
    var retryAfter: Int?
    /// A token with which a client may go on after an expired one.
    var continueToken: String?

    init(_ code: Int, _ reason: String, _ message: String, details: JSONObject? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
    }

    var body: JSONValue {
        var metadata = JSONObject()
        metadata["continue"] = continueToken.map { .string($0) }
        var object: JSONObject = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(metadata),
            "status": "Failure", "message": .string(message), "reason": .string(reason),
        ]
        object["details"] = details.map { .object($0) }
        object["code"] = .int(code)
        return .object(object)
    }

    var response: ServedResponse {
        var response = ServedResponse.json(body, status: code)
        if let retryAfter {
            response.headers.append(("Retry-After", String(retryAfter)))
        }
        return response
    }
}

extension APIStatus {
    static func notFound(_ kind: ResourceKind, _ name: String) -> APIStatus {
        APIStatus(
            404, "NotFound", "\(kind.qualifiedName) \"\(name)\" not found",
            details: details(kind.plural, kind.group, name))
    }

    /// The path is under a group that exists, but names nothing in it.
    static let unknownResource = APIStatus(
        404, "NotFound", "the server could not find the requested resource", details: [:])

    static let unauthorized = APIStatus(401, "Unauthorized", "Unauthorized")

    static let methodNotAllowed = APIStatus(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource",
        details: [:])

    static let notAcceptable = APIStatus(
        406, "NotAcceptable",
        "only the following media types are accepted: "
            + "application/json, application/yaml, application/vnd.kubernetes.protobuf")

    static func badRequest(_ message: String) -> APIStatus {
        APIStatus(400, "BadRequest", message)
    }

    static func details(_ resource: String, _ group: String, _ name: String?) -> JSONObject {
        var details = JSONObject()
        details["name"] = name.map { .string($0) }
        if !group.isEmpty { details["group"] = .string(group) }
        details["kind"] = .string(resource)
        return details
    }
}

extension ServedResponse {
    /// What every answer of the API carries (recorded).
    static let cacheControl = ("Cache-Control", "no-cache, private")

    static func json(_ value: JSONValue, status: Int = 200) -> ServedResponse {
        raw(Array((value.compact + "\n").utf8), type: "application/json", status: status)
    }

    static func text(_ text: String, status: Int = 200) -> ServedResponse {
        raw(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    static func raw(_ bytes: [UInt8], type: String, status: Int = 200) -> ServedResponse {
        ServedResponse(
            status: status, headers: [cacheControl, ("Content-Type", type)], body: .bytes(bytes))
    }

    /// What the mux answers where no handler is.
    static let pageNotFound = text("404 page not found\n", status: 404)
}
