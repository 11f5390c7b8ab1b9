package import MarkedYAML

/// An ArgoCD Application with its sync state.
package struct ArgoApplication: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Application", object.apiGroup == "argoproj.io" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    package var syncStatus: String? { object.status?["sync"]?["status"]?.string }
    package var healthStatus: String? { object.status?["health"]?["status"]?.string }
    package var isAutomated: Bool { object.spec?["syncPolicy"]?["automated"] != nil }
    /// Whether it puts back what is changed in the cluster alone.
    package var healsItself: Bool {
        object.spec?["syncPolicy"]?["automated"]?["selfHeal"]?.bool == true
    }
    package var destinationNamespace: String? {
        object.spec?["destination"]?["namespace"]?.string
    }

    /// Whether it deploys into the cluster that it was read from.
    package var deploysHere: Bool {
        let destination = object.spec?["destination"]
        return destination?["name"]?.string == "in-cluster"
            || destination?["server"]?.string == "https://kubernetes.default.svc"
    }

    /// A folder of a repository that it renders; charts and mere values are none.
    package struct Source: Sendable {
        /// `host/path` of the repository, however its address is written.
        package let repository: String
        package let path: Marked<String>
        /// The path without slashes at its ends and dots; empty for the root.
        package let folder: String

        init?(_ node: Node) {
            guard let address = node["repoURL"]?.string, let path = node["path"]?.markedString,
                node["chart"] == nil, let folder = Self.folder(path.value)
            else { return nil }
            repository = Self.repository(address)
            self.path = path
            self.folder = folder
        }

        /// Nil for a path that is absolute, leaves the repository, or is a template.
        private static func folder(_ path: String) -> String? {
            guard !path.hasPrefix("/"), !path.contains("{{"), !path.contains("$") else {
                return nil
            }
            var parts: [Substring] = []
            for part in path.split(separator: "/") where part != "." {
                if part != ".." {
                    parts.append(part)
                } else if parts.popLast() == nil {
                    return nil
                }
            }
            return parts.joined(separator: "/")
        }

        /// `https://git.example.com/a/b.git` and `git@git.example.com:a/b` are one repository.
        package static func repository(_ address: String) -> String {
            var text = Substring(address.lowercased())
            if let scheme = text.firstRange(of: "://") {
                text = text[scheme.upperBound...]
            } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
                text = "\(text[..<colon])/\(text[text.index(after: colon)...])"
            }
            let end = text.firstIndex(of: "/") ?? text.endIndex
            if let user = text[..<end].lastIndex(of: "@") {
                text = text[text.index(after: user)...]
            }
            while text.hasSuffix("/") { text.removeLast() }
            if text.hasSuffix(".git") { text.removeLast(4) }
            guard let slash = text.firstIndex(of: "/"),
                let colon = text[..<slash].lastIndex(of: ":")
            else { return String(text) }
            return String(text[..<colon]) + text[slash...]
        }
    }

    package var sources: [Source] {
        let spec = object.spec
        return ((spec?["source"].map { [$0] } ?? []) + (spec?["sources"].items ?? []))
            .compactMap(Source.init)
    }

    /// Everything that it manages.
    package var managed: [ObjectReference] { resources { _ in true } }

    /// The managed objects that differ from Git.
    package var outOfSync: [ObjectReference] { resources { $0 == "OutOfSync" } }

    private func resources(_ isWanted: (String?) -> Bool) -> [ObjectReference] {
        object.status?["resources"].items.compactMap { resource in
            guard isWanted(resource["status"]?.string),
                let kind = resource["kind"]?.string, let name = resource["name"]?.string
            else { return nil }
            return ObjectReference(
                kind: kind, namespace: resource["namespace"]?.string, name: name)
        } ?? []
    }
}
