package import MarkedYAML

/// A ConfigMap or a Secret whose values were read: keys and where their texts stand.
package struct ConfigMapObject: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "ConfigMap" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }

    package var keys: [String] {
        [object.node["data"], object.node["binaryData"]].flatMap { section in
            section?.entries.compactMap { $0.key.string } ?? []
        }
    }

    package func value(_ key: String) -> Node? { object.node["data"]?[key] }

    /// The key's own node, to point at it.
    package func keyNode(_ key: String) -> Node? {
        object.node["data"]?.key(key) ?? object.node["binaryData"]?.key(key)
    }
}
