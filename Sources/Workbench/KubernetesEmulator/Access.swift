import MarkedYAML

/// Who a token belongs to, and what that user may do.
package struct Access: Sendable, Hashable {
    package var user: String
    package var groups: [String]
    package var rules: [Rule]
    /// Paths outside the resources; `*` at the end stands for everything below.
    package var paths: [String]

    package init(
        user: String,
        groups: [String] = ["system:authenticated"],
        rules: [Rule] = [],
        paths: [String] = Access.discoveryPaths
    ) {
        self.user = user
        self.groups = groups
        self.rules = rules
        self.paths = paths
    }

    /// What an RBAC rule grants; `*` stands for all, nil namespaces for the whole cluster.
    package struct Rule: Sendable, Hashable {
        package var verbs: [String]
        package var groups: [String]
        package var resources: [String]
        package var namespaces: [String]?
        package var names: [String]

        package init(
            verbs: [String] = ["get", "list", "watch"],
            groups: [String] = ["*"],
            resources: [String],
            namespaces: [String]? = nil,
            names: [String] = []
        ) {
            self.verbs = verbs
            self.groups = groups
            self.resources = resources
            self.namespaces = namespaces
            self.names = names
        }
    }

    /// What `system:discovery` grants every known user.
    package static let discoveryPaths = [
        "/.well-known", "/.well-known/*", "/api", "/api/*", "/apis", "/apis/*", "/healthz",
        "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/",
    ]

    /// Everything, as `cluster-admin` grants it.
    package static func administrator(user: String = "admin") -> Access {
        Access(
            user: user, groups: ["system:masters", "system:authenticated"],
            rules: [Rule(verbs: ["*"], resources: ["*"])], paths: ["*"])
    }

    /// A request without a token (`system:public-info-viewer` grants these paths).
    static let anonymous = Access(
        user: "system:anonymous", groups: ["system:unauthenticated"],
        paths: ["/healthz", "/livez", "/readyz", "/version", "/version/"])
}

/// One thing a request wants to do, as RBAC sees it.
struct AccessQuestion: Sendable, Hashable {
    var verb: String
    var group: String
    /// With the subresource, such as `pods/log`.
    var resource: String
    var namespace: String?
    var name: String?
}

extension Access {
    func allows(_ question: AccessQuestion) -> Bool {
        if question.group == "authorization.k8s.io", question.verb == "create",
            question.resource.hasPrefix("selfsubject"), groups.contains("system:authenticated")
        {
            return true
        }
        return rules.contains { rule in
            Self.matches(rule.verbs, question.verb) && Self.matches(rule.groups, question.group)
                && Self.matches(rule.resources, question.resource)
                && Self.covers(rule.namespaces, question.namespace)
                && (rule.names.isEmpty || question.name.map(rule.names.contains) ?? false)
        }
    }

    func allows(path: String) -> Bool {
        paths.contains { allowed in
            allowed.hasSuffix("*") ? path.hasPrefix(allowed.dropLast()) : allowed == path
        }
    }

    private static func matches(_ granted: [String], _ wanted: String) -> Bool {
        granted.contains { $0 == "*" || $0 == wanted }
    }

    private static func covers(_ granted: [String]?, _ wanted: String?) -> Bool {
        guard let granted else { return true }
        return wanted.map(granted.contains) ?? false
    }
}

extension APIStatus {
    /// What a refused request is told, to the letter of `apierrors.NewForbidden`.
    static func forbidden(_ question: AccessQuestion, to access: Access) -> APIStatus {
        let resource = String(question.resource.prefix { $0 != "/" })
        let qualified = question.group.isEmpty ? resource : "\(resource).\(question.group)"
        let subject = question.name.map { "\(qualified) \"\($0)\"" } ?? qualified
        let place =
            question.namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
        return APIStatus(
            403, "Forbidden",
            "\(subject) is forbidden: User \"\(access.user)\" cannot \(question.verb) resource "
                + "\"\(question.resource)\" in API group \"\(question.group)\" \(place)",
            details: details(resource, question.group, question.name))
    }

    static func forbidden(path: String, verb: String, to access: Access) -> APIStatus {
        APIStatus(
            403, "Forbidden",
            "forbidden: User \"\(access.user)\" cannot \(verb) path \"\(path)\"", details: [:])
    }
}
