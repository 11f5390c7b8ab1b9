import HTTPServing
import MarkedYAML

extension EmulatedAPIServer {
    /// A review is small; anything larger is none.
    private static let reviewLimit = 64 << 10

    /// Answers what the asking user may do.
    func review(
        _ request: ResourceRequest, _ kind: ResourceKind
    ) async throws(APIStatus) -> ServedResponse {
        let bytes: [UInt8]
        do throws(BodyError) {
            bytes = try await request.request.body(limit: Self.reviewLimit)
        } catch {
            throw APIStatus(413, "RequestEntityTooLarge", "limit is \(Self.reviewLimit)")
        }
        guard let spec = ReviewBody.spec(of: bytes, kind: kind.kind) else {
            throw APIStatus(
                415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json, application/yaml, application/vnd.kubernetes.protobuf")
        }
        let status =
            kind.kind == "SelfSubjectAccessReview"
            ? decision(spec, request.access) : rules(spec, request.access)
        let answer: JSONValue = [
            "kind": .string(kind.kind), "apiVersion": .string(kind.groupVersion),
            "metadata": ["creationTimestamp": .null], "spec": spec,
            "status": status,
        ]
        return .json(answer, status: 201)
    }

    private func decision(_ spec: JSONValue, _ access: Access) -> JSONValue {
        if let path = spec.at("nonResourceAttributes", "path")?.asText {
            return ["allowed": .bool(access.allows(path: path))]
        }
        let wanted = spec["resourceAttributes"] ?? [:]
        let subresource = wanted.text("subresource") ?? ""
        let resource = wanted.text("resource") ?? ""
        let namespace = wanted.text("namespace") ?? ""
        let name = wanted.text("name") ?? ""
        let question = AccessQuestion(
            verb: wanted.text("verb") ?? "", group: wanted.text("group") ?? "",
            resource: subresource.isEmpty ? resource : "\(resource)/\(subresource)",
            namespace: namespace.isEmpty ? nil : namespace, name: name.isEmpty ? nil : name)
        return ["allowed": .bool(access.allows(question))]
    }

    private func rules(_ spec: JSONValue, _ access: Access) -> JSONValue {
        let namespace = spec["namespace"]?.asText ?? ""
        func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        let granted = access.rules.filter { $0.namespaces?.contains(namespace) ?? true }
        let resourceRules: [JSONValue] = granted.map { rule in
            var entry: JSONObject = [
                "verbs": strings(rule.verbs), "apiGroups": strings(rule.groups),
                "resources": strings(rule.resources),
            ]
            if !rule.names.isEmpty { entry["resourceNames"] = strings(rule.names) }
            return .object(entry)
        }
        let reviews: [JSONValue] = ["selfsubjectaccessreviews", "selfsubjectrulesreviews"].map {
            [
                "verbs": ["create"], "apiGroups": ["authorization.k8s.io"],
                "resources": [.string($0)],
            ]
        }
        let paths: [JSONValue] = access.paths.map {
            ["verbs": $0 == "*" ? ["*"] : ["get"], "nonResourceURLs": [.string($0)]]
        }
        return [
            "resourceRules": .array(resourceRules + reviews), "nonResourceRules": .array(paths),
            "incomplete": false,
        ]
    }
}
