package import KubernetesModel
package import MarkedYAML

/// Where a component's object-store configuration comes from, and what became of it.
///
/// Its text may hold credentials: checks show names of fields, never their values.
package enum ObjectStoreSource: Sendable {
    /// Neither flag is given, or both are empty: nothing is uploaded.
    case notConfigured
    /// The configuration, as far as it is YAML; `documents` is how many the text holds.
    case configured(Node, from: Origin, documents: Int)
    /// The text is no YAML.
    case invalid(String, at: SourceRange?, from: Origin)
    /// The Secret's value is not among the evidence.
    case unread(SecretKey)
    /// `--objstore.config-file` names a path that could not be followed to a text.
    case unresolved(path: String, MountedFile)
    /// `--objstore.config` refers to a variable whose value comes from elsewhere.
    case foreign(String)

    package enum Origin: Sendable, Hashable {
        /// `--objstore.config`, with the place of its argument.
        case flag(SourceRange)
        case configMap(ObjectReference, key: String)
        case secret(SecretKey)
    }

    /// - Parameter inline: `--objstore.config` with its place.
    init(
        file path: String?, inline: Marked<String>?, workload: Workload, container: Container,
        objects: Objects
    ) {
        if let path, !path.isEmpty {
            self = Self.file(path, workload: workload, container: container, objects: objects)
        } else if let inline, !inline.value.isEmpty {
            self = Self.inline(inline, workload: workload, container: container, objects: objects)
        } else {
            self = .notConfigured
        }
    }

    private static func inline(
        _ text: Marked<String>, workload: Workload, container: Container, objects: Objects
    ) -> ObjectStoreSource {
        guard text.value.hasPrefix("$("), text.value.hasSuffix(")") else {
            let source = SourceText(name: "--objstore.config", text: text.value)
            return parse(MarkedReader.stream(source), from: .flag(text.range))
        }
        let name = String(text.value.dropFirst(2).dropLast())
        switch container.environment[name] {
        case .secretKey(let secret, let key)?:
            return secretText(
                SecretKey(namespace: workload.namespace, secret: secret, key: key), objects)
        case .configMapKey(let map, let key)?:
            guard let map = objects.configMap(map, in: workload.namespace),
                let value = map.value(key)
            else { return .foreign(name) }
            return parse(value.embeddedYAML(), from: .configMap(map.reference, key: key))
        case .literal?, .field?, .unknown?, nil: return .foreign(name)
        }
    }

    private static func file(
        _ path: String, workload: Workload, container: Container, objects: Objects
    ) -> ObjectStoreSource {
        let file = MountedFile.resolve(
            path, in: workload, container: container, objects: objects)
        switch file {
        case .configMapKey(let map, let key, let text):
            return parse(text.embeddedYAML(), from: .configMap(map.reference, key: key))
        case .secretKey(let name, let key, volume: _):
            return secretText(
                SecretKey(namespace: workload.namespace, secret: name, key: key), objects)
        case .notMounted, .keyAbsent, .configMapAbsent, .volumeAbsent, .unknowable, .claim:
            return .unresolved(path: path, file)
        }
    }

    private static func secretText(_ key: SecretKey, _ objects: Objects) -> ObjectStoreSource {
        guard let stream = objects.secretStream(key) else { return .unread(key) }
        return parse(stream, from: .secret(key))
    }

    private static func parse(_ stream: YAMLStream, from origin: Origin) -> ObjectStoreSource {
        if let error = stream.errors.first {
            return .invalid(error.message, at: error.range, from: origin)
        }
        guard let first = stream.documents.first else {
            return .invalid("it is empty", at: nil, from: origin)
        }
        return .configured(first, from: origin, documents: stream.documents.count)
    }

    /// The configuration, when it could be read.
    package var configuration: Node? {
        if case .configured(let node, from: _, documents: _) = self { node } else { nil }
    }

    /// The Secret that holds it, whether its value is known or not.
    package var secret: SecretKey? {
        switch self {
        case .unread(let key), .configured(_, from: .secret(let key), documents: _),
            .invalid(_, at: _, from: .secret(let key)):
            key
        default: nil
        }
    }
}
