import MarkedYAML

/// A group of kinds and the versions in which it is served.
package struct APIGroup: Sendable, Hashable {
    /// Empty for the core group.
    package var name: String
    package var versions: [String]
    package var preferredVersion: String

    package init(name: String, versions: [String], preferredVersion: String) {
        self.name = name
        self.versions = versions
        self.preferredVersion = preferredVersion
    }
}

/// A kind that a server serves, and what may be done with it.
package struct ServedResource: Sendable, Hashable {
    package var resource: APIResource
    package var kind: String
    package var verbs: [String]
    package var shortNames: [String]

    package init(resource: APIResource, kind: String, verbs: [String], shortNames: [String] = []) {
        self.resource = resource
        self.kind = kind
        self.verbs = verbs
        self.shortNames = shortNames
    }
}

extension KubernetesClient {
    /// All groups, the core group first.
    package func groups() async throws(KubernetesFailure) -> [APIGroup] {
        let core = try await get("/api")
        let versions = (core["versions"]?.items ?? []).compactMap(\.string)
        var groups: [APIGroup] = []
        if let first = versions.first {
            groups.append(APIGroup(name: "", versions: versions, preferredVersion: first))
        }
        let named = try await get("/apis")
        for group in named["groups"]?.items ?? [] {
            guard let name = group["name"]?.string else { continue }
            let versions = (group["versions"]?.items ?? []).compactMap { $0["version"]?.string }
            let preferred = group[path: "preferredVersion", "version"]?.string ?? versions.first
            groups.append(
                APIGroup(name: name, versions: versions, preferredVersion: preferred ?? ""))
        }
        return groups
    }

    /// The kinds of one group in one version, subresources left out; empty when not served.
    package func resources(
        group: String, version: String
    ) async throws(KubernetesFailure) -> [ServedResource] {
        let list: Node
        do {
            list = try await get(
                group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)")
        } catch {
            guard error.kind == .resourceNotServed else { throw error }
            return []
        }
        return (list["resources"]?.items ?? []).compactMap { item in
            guard let name = item["name"]?.string, !name.contains("/") else { return nil }
            return ServedResource(
                resource: APIResource(
                    group: group, version: version, name,
                    isNamespaced: item["namespaced"]?.bool ?? false),
                kind: item["kind"]?.string ?? "",
                verbs: (item["verbs"]?.items ?? []).compactMap(\.string),
                shortNames: (item["shortNames"]?.items ?? []).compactMap(\.string))
        }
    }
}
