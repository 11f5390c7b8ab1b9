package import KubernetesModel
package import MarkedYAML

/// The `config` of a bucket of type S3, as it is written.
///
/// A value that a tool fills in later (`$(NAME)`, `${NAME}`, `<path:…>`, `ENC[…]`) is not known.
package struct S3Settings: Sendable {
    package let node: Node
    private let origin: ObjectStoreSource.Origin

    /// Nil for other types, and for what was not read.
    package init?(_ source: ObjectStoreSource) {
        guard case .configured(let root, from: let origin, documents: _) = source,
            root["type"]?.string?.uppercased() == "S3", let node = root["config"]
        else { return nil }
        self.node = node
        self.origin = origin
    }

    package func text(_ name: String) -> String? {
        guard let text = node[name]?.string, !Self.isPlaceholder(text) else { return nil }
        return text
    }

    package func isTrue(_ name: String) -> Bool { node[name]?.bool == true }

    package static func isPlaceholder(_ text: String) -> Bool {
        ["$", "{{", "<", "ENC["].contains(where: text.contains)
    }

    /// A path in `http_config.tls_config`.
    package func tls(_ name: String) -> String? {
        guard let text = node["http_config"]?["tls_config"]?[name]?.string,
            !Self.isPlaceholder(text)
        else { return nil }
        return text
    }

    /// Where a field may be shown: the text of a Secret stays out of reports.
    package func range(of name: String) -> SourceRange? { node[name].flatMap(shown) }

    package func range(ofTLS name: String) -> SourceRange? {
        node["http_config"]?["tls_config"]?[name].flatMap(shown)
    }

    package func shown(_ node: Node) -> SourceRange? {
        guard case .configMap = origin else { return nil }
        return node.range
    }

    /// The host of `endpoint`; nil when it is not known, or no plain address.
    package var host: String? { address?.host }

    package var port: Int? { address?.port }

    private var address: (host: String, port: Int)? {
        guard let text = text("endpoint"), !text.isEmpty, !text.contains("/"),
            !text.hasPrefix("[")
        else { return nil }
        guard let colon = text.lastIndex(of: ":") else {
            return (text, isTrue("insecure") ? 80 : 443)
        }
        guard let port = Int(text[text.index(after: colon)...]) else { return nil }
        return (String(text[..<colon]), port)
    }

    /// Whether only the cluster's own DNS knows the host.
    package var isInCluster: Bool {
        guard let host else { return false }
        return !host.contains(".") || host.hasSuffix(".svc") || host.contains(".svc.")
    }

    /// The Service and namespace that the host names; nil when it is no name of a cluster.
    package func service(from namespace: String?) -> ObjectReference? {
        guard isInCluster, let labels = host?.split(separator: ".").map(String.init),
            let first = labels.first, first != "localhost"
        else { return nil }
        if labels.count == 1 {
            return ObjectReference(kind: "Service", namespace: namespace, name: first)
        }
        guard let svc = labels.firstIndex(of: "svc"), svc == 2 else { return nil }
        return ObjectReference(kind: "Service", namespace: labels[1], name: first)
    }
}

/// Which bucket is meant, to tell whether two components mean the same.
package struct BucketIdentity: Sendable, Hashable {
    package let type: String
    package let bucket: String
    package let endpoint: String
    package let prefix: String

    /// Nil when the configuration was not read, or a part of it is filled in later.
    package init?(_ source: ObjectStoreSource) {
        guard let root = source.configuration, let type = root["type"]?.string else { return nil }
        let config = root["config"]
        let names = ["bucket", "container", "container_name", "directory"]
        guard let bucket = names.compactMap({ config?[$0]?.string }).first else { return nil }
        let endpoint = config?["endpoint"]?.string ?? ""
        let prefix = root["prefix"]?.string ?? ""
        guard ![bucket, endpoint, prefix].contains(where: S3Settings.isPlaceholder) else {
            return nil
        }
        self.type = type.uppercased()
        self.bucket = bucket
        self.endpoint = endpoint
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    }
}

extension BucketIdentity {
    fileprivate func isNamedAlike(_ other: BucketIdentity) -> Bool {
        type == other.type && bucket == other.bucket && prefix == other.prefix
    }
}

extension ObjectStoreSource {
    /// Whether the component has a bucket, read or not.
    package var isConfigured: Bool {
        if case .notConfigured = self { false } else { true }
    }

    /// Whether both are known to mean one bucket; nil when that is not known.
    package func isSame(as other: ObjectStoreSource) -> Bool? {
        if let own = BucketIdentity(self), let theirs = BucketIdentity(other) {
            // One endpoint may go by several names.
            let differ = own != theirs
            return differ && own.isNamedAlike(theirs) ? nil : !differ
        }
        return secret != nil && secret == other.secret ? true : nil
    }
}
