package import MarkedYAML

/// One Kubernetes object as it stands in a manifest or came from an API server.
package struct KubernetesObject: Sendable {
    /// The whole object; every field knows its place.
    package let node: Node
    package let apiVersion: String
    package let kind: String
    package let name: String
    package let namespace: String?

    /// Nil when the node is no Kubernetes object: `apiVersion`, `kind` and a name are needed.
    package init?(_ node: Node) {
        self.init(node, defaultAPIVersion: nil, defaultKind: nil)
    }

    /// Items of a typed list (`PodList`) carry no kind of their own; the list lends them its.
    package init?(_ node: Node, defaultAPIVersion: String?, defaultKind: String?) {
        guard let apiVersion = node["apiVersion"]?.string ?? defaultAPIVersion,
            let kind = node["kind"]?.string ?? defaultKind,
            let metadata = node["metadata"],
            let name = metadata["name"]?.string ?? metadata["generateName"]?.string
        else { return nil }
        self.node = node
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.namespace = metadata["namespace"]?.string
    }

    /// Every object in a document: the object itself, or the items of a list, nested lists too.
    package static func objects(in document: Node, depth: Int = 0) -> [KubernetesObject] {
        guard depth < 8, let kind = document["kind"]?.string, kind.hasSuffix("List"),
            let items = document["items"], items.kind == .sequence
        else { return KubernetesObject(document).map { [$0] } ?? [] }
        let apiVersion = document["apiVersion"]?.string
        let itemKind = kind == "List" ? nil : String(kind.dropLast(4))
        return items.items.flatMap { item in
            if item["kind"]?.string?.hasSuffix("List") == true {
                return objects(in: item, depth: depth + 1)
            }
            let object = KubernetesObject(
                item, defaultAPIVersion: apiVersion, defaultKind: itemKind)
            return object.map { [$0] } ?? []
        }
    }

    package var reference: ObjectReference {
        ObjectReference(kind: kind, namespace: namespace, name: name)
    }

    /// The API group, empty for core: `apps` of `apps/v1`.
    package var apiGroup: String {
        guard let slash = apiVersion.firstIndex(of: "/") else { return "" }
        return String(apiVersion[..<slash])
    }

    package var metadata: Node? { node["metadata"] }
    package var spec: Node? { node["spec"] }
    package var status: Node? { node["status"] }
    package var labels: [String: String] { metadata?["labels"].stringMap ?? [:] }
    package var annotations: [String: String] { metadata?["annotations"].stringMap ?? [:] }
    package var creationTimestamp: String? { metadata?["creationTimestamp"]?.string }

    /// The kind and name of the controller that owns this object.
    package var controller: ObjectReference? {
        let owner = metadata?["ownerReferences"]?.items.first { $0["controller"]?.bool == true }
        guard let kind = owner?["kind"]?.string, let name = owner?["name"]?.string else {
            return nil
        }
        return ObjectReference(kind: kind, namespace: namespace, name: name)
    }

    /// Where to point when the object as a whole is meant: its name.
    package var range: SourceRange { (metadata?["name"] ?? node).range }
}
