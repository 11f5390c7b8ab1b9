import MarkedYAML

/// Every object of the emulated cluster, by resource, in the order of etcd's keys.
struct ClusterWorld: Sendable {
    private(set) var catalogue: ResourceCatalogue
    private(set) var resourceVersion: Int
    var logs: [LogKey: [UInt8]]
    private var objects: [String: [StoredObject]] = [:]

    /// - Parameter floor: the resource version that this world must exceed.
    init(
        objects: [JSONValue],
        logs: [LogKey: [UInt8]],
        catalogue: ResourceCatalogue,
        createdAt: WallTime,
        resourceVersion: Int?,
        floor: Int = 0
    ) {
        self.catalogue = catalogue
        self.logs = logs
        let whole = objects.flatMap(Self.flattened)
        let present = whole + Self.missingNamespaces(of: whole)
        let highest = present.compactMap { Self.version(of: $0) }.max() ?? 0
        self.resourceVersion = max(resourceVersion ?? 0, highest, floor)
        var stored: [StoredObject] = []
        for object in present {
            guard let kind = self.catalogue.adopting(object) else { continue }
            stored.append(store(object, kind, createdAt))
        }
        for (resource, group) in Dictionary(grouping: stored, by: \.kind.resourceKey) {
            self.objects[resource] = group.sorted {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }
        }
    }

    func list(_ kind: ResourceKind, namespace: String?) -> [StoredObject] {
        let all = objects[kind.resourceKey] ?? []
        guard let namespace else { return all }
        return all.filter { $0.namespace == namespace }
    }

    func object(_ kind: ResourceKind, namespace: String?, name: String) -> StoredObject? {
        objects[kind.resourceKey]?.first { $0.name == name && $0.namespace == namespace }
    }

    /// Changes one object; its version and the world's become the next ones.
    mutating func update(
        _ kind: ResourceKind, namespace: String?, name: String,
        _ change: (inout JSONObject) -> Void
    ) -> Bool {
        guard var group = objects[kind.resourceKey],
            let index = group.firstIndex(where: { $0.name == name && $0.namespace == namespace }),
            case .object(var object) = group[index].value
        else { return false }
        change(&object)
        resourceVersion += 1
        object.metadata["resourceVersion"] = .string(String(resourceVersion))
        group[index] = StoredObject(object, kind: kind, resourceVersion: resourceVersion)
        objects[kind.resourceKey] = group
        return true
    }

    /// Fills in what an API server would have filled in.
    private mutating func store(
        _ object: JSONObject, _ kind: ResourceKind, _ createdAt: WallTime
    ) -> StoredObject {
        var object = object
        var metadata = object.metadata
        if kind.isNamespaced, metadata["namespace"] == nil { metadata["namespace"] = "default" }
        if !kind.isNamespaced { metadata["namespace"] = nil }
        let identity = JSONValue.object(metadata)
        let key =
            "\(kind.resourceKey)/\(identity.text("namespace") ?? "")/"
            + (identity.text("name") ?? "")
        if metadata["uid"] == nil { metadata["uid"] = .string(Self.identifier(for: key)) }
        if Self.version(of: object) == nil {
            resourceVersion += 1
            metadata["resourceVersion"] = .string(String(resourceVersion))
        }
        if metadata["creationTimestamp"]?.asText == nil {
            metadata["creationTimestamp"] = .string(createdAt.rfc3339)
        }
        object.metadata = metadata
        return StoredObject(
            object, kind: kind, resourceVersion: Self.version(of: object) ?? resourceVersion)
    }
}

extension ClusterWorld {
    /// `List` objects, as `kubectl get -o yaml` prints them, stand for their items.
    private static func flattened(_ value: JSONValue) -> [JSONObject] {
        guard case .object(let object) = value else { return [] }
        guard value.text("kind")?.hasSuffix("List") == true, let items = object["items"] else {
            return [object]
        }
        let itemKind = value.text("kind").map { String($0.dropLast(4)) } ?? ""
        return items.elements.flatMap { item -> [JSONObject] in
            guard case .object(var member) = item else { return [] }
            if member["kind"] == nil, !itemKind.isEmpty {
                member["kind"] = .string(itemKind)
                member["apiVersion"] = object["apiVersion"]
            }
            return flattened(.object(member))
        }
    }

    /// A namespace that something lives in exists.
    private static func missingNamespaces(of objects: [JSONObject]) -> [JSONObject] {
        var present: Set<String> = []
        var used: Set<String> = ["default"]
        for object in objects {
            let metadata = object["metadata"] ?? .null
            if object["kind"]?.asText == "Namespace", object["apiVersion"]?.asText == "v1" {
                present.insert(metadata.text("name") ?? "")
            } else if let namespace = metadata.text("namespace") {
                used.insert(namespace)
            }
        }
        return used.subtracting(present).sorted().map { name in
            [
                "kind": "Namespace", "apiVersion": "v1",
                "metadata": [
                    "name": .string(name),
                    "labels": ["kubernetes.io/metadata.name": .string(name)],
                ],
                "spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"],
            ]
        }
    }

    private static func version(of object: JSONObject) -> Int? {
        object["metadata"]?.text("resourceVersion").flatMap(Int.init)
    }

    /// A UUID that depends on the key only (FNV-1a, twice with different offsets).
    private static func identifier(for key: String) -> String {
        func hash(_ seed: UInt64) -> String {
            let value = key.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let digits = Array(hash(0xCBF2_9CE4_8422_2325) + hash(0x8422_2325_CBF2_9CE4))
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(digits[$0]) }.joined(separator: "-")
    }
}

extension JSONObject {
    /// The `metadata` member, empty when there is none.
    var metadata: JSONObject {
        get {
            guard case .object(let metadata) = self["metadata"] else { return [:] }
            return metadata
        }
        set { self["metadata"] = .object(newValue) }
    }
}

extension ResourceKind {
    /// The same for every version of a resource, as storage is.
    var resourceKey: String { "\(group)/\(plural)" }
}

extension ResourceCatalogue {
    /// The kind of an object; one that nobody knew is served from then on.
    mutating func adopting(_ object: JSONObject) -> ResourceKind? {
        guard let kind = object["kind"]?.asText,
            let groupVersion = object["apiVersion"]?.asText
        else { return nil }
        if let known = self.kind(named: kind, in: groupVersion) { return known }
        // A group that is switched off stays so, whatever the objects say.
        let parts = groupVersion.split(separator: "/").map(String.init)
        let group = parts.count > 1 ? parts[0] : ""
        guard !Self.known.contains(where: { $0.group == group && $0.isCustom }) else { return nil }
        let guess = ResourceKind(
            guessing: kind, group: group, version: parts.last ?? "v1",
            isNamespaced: object.metadata["namespace"] != nil)
        append(guess)
        return guess
    }
}
