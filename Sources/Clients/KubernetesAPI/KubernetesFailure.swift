package import CurlHTTP

/// Why the API server did not give what was asked for.
package struct KubernetesFailure: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// 401: the credentials are not accepted; the hint says why when it can be known here.
        case unauthorized(hint: String?)
        case forbidden(AccessDenial)
        /// 404 for an object of a kind that is served.
        case objectMissing
        /// 404 for the kind itself: its group, version or resource is not served.
        case resourceNotServed
        /// 410, again and again: the list changes faster than it can be read.
        case gone
        case tooManyRequests(retryAfter: Int?)
        /// 400, 406, 422 and other refusals that repeating does not help.
        case rejected(code: Int)
        case serverError(code: Int)
        /// The budget for the whole run, or the bound of one request, was used up.
        case timedOut
        case unreachable(TransportFailure)
        /// Something answers that is not an API server: a proxy, a login page.
        case notKubernetes(contentType: String, start: String)
        /// The answer is longer than this client takes.
        case truncated(limit: Int)
        /// The answer is not the JSON that was promised; the place is inside it.
        case malformed(place: String)
        case cancelled
    }

    package var kind: Kind
    /// What was asked for: path and query, without the server.
    package var path: String
    /// The server's own words, or ours where it had none.
    package var message: String

    package init(_ kind: Kind, path: String, message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }
}

/// What role-based access control refused, as the server reported it.
package struct AccessDenial: Sendable, Hashable {
    package var user: String
    package var verb: String
    /// With the subresource: `pods/log`.
    package var resource: String
    package var apiGroup: String
    /// `nil` at cluster scope.
    package var namespace: String?
    package var name: String?
    /// `resource` is a path such as `/version` rather than a kind of object.
    package var isPath = false

    package init(
        user: String, verb: String, resource: String, apiGroup: String, namespace: String?,
        name: String? = nil
    ) {
        self.user = user
        self.verb = verb
        self.resource = resource
        self.apiGroup = apiGroup
        self.namespace = namespace
        self.name = name
    }

    /// The rule that would allow it, ready for a Role or ClusterRole.
    package var rule: RBACRule {
        isPath
            ? RBACRule(nonResourceURLs: [resource], verbs: [verb])
            : RBACRule(apiGroups: [apiGroup], resources: [resource], verbs: [verb])
    }
}

/// One entry of `rules` in a Role or ClusterRole.
package struct RBACRule: Sendable, Hashable {
    package var apiGroups: [String]
    package var resources: [String]
    package var nonResourceURLs: [String]
    package var verbs: [String]

    package init(
        apiGroups: [String] = [], resources: [String] = [], nonResourceURLs: [String] = [],
        verbs: [String]
    ) {
        self.apiGroups = apiGroups
        self.resources = resources
        self.nonResourceURLs = nonResourceURLs
        self.verbs = verbs
    }

    /// As it stands in YAML, on one line.
    package var yaml: String {
        func list(_ values: [String]) -> String {
            "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
        guard nonResourceURLs.isEmpty else {
            return "- {nonResourceURLs: \(list(nonResourceURLs)), verbs: \(list(verbs))}"
        }
        return "- {apiGroups: \(list(apiGroups)), resources: \(list(resources)), "
            + "verbs: \(list(verbs))}"
    }
}

extension KubernetesFailure: CustomStringConvertible {
    /// One line for people.
    package var reason: String {
        switch kind {
        case .unauthorized(let hint):
            "the API server does not accept the credentials (401)" + (hint.map { ": \($0)" } ?? "")
        case .forbidden(let denial): denial.sentence
        case .objectMissing: "not found: \(message)"
        case .resourceNotServed: "the API server does not serve \(path)"
        case .gone: "the list at \(path) changes faster than it can be read (410)"
        case .tooManyRequests: "the API server asks for fewer requests (429): \(path)"
        case .rejected(let code): "the API server refused \(path) (\(code)): \(message)"
        case .serverError(let code): "the API server failed (\(code)) on \(path): \(message)"
        case .timedOut: "no complete answer in time for \(path)"
        case .unreachable(let failure) where failure.kind == .truncatedBody:
            "the answer to \(path) broke off: \(failure.message)"
        case .unreachable(let failure): "the API server cannot be reached: \(failure.message)"
        case .notKubernetes(let type, let start):
            "not an API server: \(path) answered \(type), beginning \(start.debugDescription)"
        case .truncated(let limit): "the answer to \(path) is longer than \(limit) bytes"
        case .malformed(let place): "the answer at \(place) is not valid: \(message)"
        case .cancelled: "cancelled: \(path)"
        }
    }

    package var description: String { reason }

    /// The rule that would lift a `forbidden`.
    package var rbacRule: RBACRule? {
        if case .forbidden(let denial) = kind { denial.rule } else { nil }
    }
}

extension AccessDenial {
    var sentence: String {
        let group = apiGroup.isEmpty ? "" : " (group \(apiGroup))"
        let scope = namespace.map { " in namespace \($0)" } ?? " in the whole cluster"
        let object = name.map { " \($0)" } ?? ""
        return "user \(user) may not \(verb) \(resource)\(object)\(group)\(scope)"
    }
}

extension KubernetesFailure {
    /// A second try may well succeed: the server stumbled, or closed an idle connection on us.
    var isWorthRepeating: Bool {
        switch kind {
        case .serverError: true
        case .unreachable(let failure): failure.kind == .reset || failure.kind == .emptyReply
        case .unauthorized, .forbidden, .objectMissing, .resourceNotServed, .gone,
            .tooManyRequests, .rejected, .timedOut, .notKubernetes, .truncated, .malformed,
            .cancelled:
            false
        }
    }
}
