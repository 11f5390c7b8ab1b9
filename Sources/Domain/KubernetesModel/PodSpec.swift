package import MarkedYAML

/// A pod specification, in a template or a Pod.
package struct PodSpec: Sendable {
    package let node: Node

    package init(_ node: Node) { self.node = node }

    package var securityContext: Node? { node["securityContext"] }
    package var containers: [Container] { node["containers"].items.map(Container.init) }
    package var initContainers: [Container] { node["initContainers"].items.map(Container.init) }
    package var volumes: [Volume] { node["volumes"].items.map(Volume.init) }
    package var nodeName: String? { node["nodeName"]?.string }

    package func volume(named name: String) -> Volume? { volumes.first { $0.name == name } }
}

/// One container of a pod specification.
package struct Container: Sendable {
    package let node: Node

    package init(_ node: Node) { self.node = node }

    package var name: String { node["name"]?.string ?? "" }
    package var image: ImageReference? { node["image"]?.string.map(ImageReference.init) }
    package var command: [Marked<String>] { node["command"].markedStrings }
    package var arguments: [Marked<String>] { node["args"].markedStrings }
    package var securityContext: Node? { node["securityContext"] }
    package var mounts: [VolumeMount] { node["volumeMounts"].items.compactMap(VolumeMount.init) }

    /// Environment variables that the container states; nil values come from elsewhere
    /// (`valueFrom`), so that the variable is known and its value is not.
    package var environment: [String: EnvironmentValue] {
        var environment: [String: EnvironmentValue] = [:]
        for variable in node["env"].items {
            guard let name = variable["name"]?.string else { continue }
            environment[name] = EnvironmentValue(variable)
        }
        return environment
    }

    /// Whether variables may come from ConfigMaps or Secrets as a whole (`envFrom`).
    package var takesForeignEnvironment: Bool { !node["envFrom"].items.isEmpty }

    /// The memory request in bytes, when stated.
    package var memoryRequest: Quantity? {
        node["resources"]?["requests"]?["memory"]?.string.flatMap(Quantity.init)
    }

    /// The probes that are stated, by field name.
    package var probes: [(field: String, node: Node)] {
        ["startupProbe", "livenessProbe", "readinessProbe"].compactMap { field in
            node[field].map { (field, $0) }
        }
    }

    /// The number of a port that is given by number or by the name it has in `ports`.
    package func portNumber(_ port: Node?) -> Int? {
        if let number = port?.int { return number }
        guard let name = port?.string else { return nil }
        return node["ports"].items.first { $0["name"]?.string == name }?["containerPort"]?.int
    }
}

/// Where an environment variable's value comes from.
package enum EnvironmentValue: Sendable, Hashable {
    case literal(String)
    /// A downward-API field such as `metadata.name`.
    case field(String)
    case configMapKey(name: String, key: String)
    case secretKey(name: String, key: String)
    case unknown

    init(_ variable: Node) {
        guard let source = variable["valueFrom"] else {
            self = .literal(variable["value"]?.string ?? "")
            return
        }
        if let path = source["fieldRef"]?["fieldPath"]?.string {
            self = .field(path)
        } else if let reference = source["configMapKeyRef"] {
            self = .configMapKey(
                name: reference["name"]?.string ?? "", key: reference["key"]?.string ?? "")
        } else if let reference = source["secretKeyRef"] {
            self = .secretKey(
                name: reference["name"]?.string ?? "", key: reference["key"]?.string ?? "")
        } else {
            self = .unknown
        }
    }
}

/// A volume mounted into a container.
package struct VolumeMount: Sendable {
    package let node: Node
    package let volume: String
    package let path: Marked<String>
    package let subPath: String?

    init?(_ node: Node) {
        guard let volume = node["name"]?.string, let path = node["mountPath"]?.markedString else {
            return nil
        }
        self.node = node
        self.volume = volume
        self.path = path
        subPath = node["subPath"]?.string ?? node["subPathExpr"]?.string
    }

    /// Whether `file` lies at or below the mount.
    package func contains(_ file: String) -> Bool {
        // Kubernetes takes `/data/` for `/data`.
        Self.directory(file).hasPrefix(Self.directory(path.value))
    }

    /// What remains of `file` below the mount point, without a leading slash.
    package func relativePath(of file: String) -> String {
        String(file.dropFirst(Self.directory(path.value).count))
    }

    private static func directory(_ path: String) -> String {
        var path = path[...]
        while path.hasSuffix("/") { path = path.dropLast() }
        return path + "/"
    }
}

/// A volume of a pod, with its source.
package struct Volume: Sendable {
    package enum Source: Sendable, Hashable {
        case claim(String)
        case configMap(String)
        case secret(String)
        case projected
        case emptyDir
        case hostPath
        case other
    }

    package let node: Node
    package let name: String

    package init(_ node: Node) {
        self.node = node
        name = node["name"]?.string ?? ""
    }

    package var source: Source {
        if let claim = node["persistentVolumeClaim"]?["claimName"]?.string { return .claim(claim) }
        if let map = node["configMap"] { return .configMap(map["name"]?.string ?? "") }
        if let secret = node["secret"] { return .secret(secret["secretName"]?.string ?? "") }
        if node["projected"] != nil { return .projected }
        if node["emptyDir"] != nil { return .emptyDir }
        if node["hostPath"] != nil { return .hostPath }
        return .other
    }

    /// Whether the pod starts without the ConfigMap or Secret.
    package var isOptional: Bool {
        (node["configMap"] ?? node["secret"])?["optional"]?.bool ?? false
    }

    /// The key → path pairs of `items`; nil when every key is projected under its own name.
    package var items: [(key: String, path: String)]? {
        guard let items = (node["configMap"] ?? node["secret"])?["items"] else { return nil }
        return items.items.compactMap { item in
            guard let key = item["key"]?.string, let path = item["path"]?.string else {
                return nil
            }
            return (key, path)
        }
    }
}
