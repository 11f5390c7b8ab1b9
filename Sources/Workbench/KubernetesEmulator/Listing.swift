import HTTPServing
import MarkedYAML

/// One list request: what it selects, and which page of it.
struct Listing: Sendable {
    let kind: ResourceKind
    let request: ServedRequest
    private let world: ClusterWorld
    private let namespace: String?
    private let selected: [StoredObject]
    private let isSelective: Bool

    init(
        _ kind: ResourceKind, _ request: ServedRequest, _ namespace: String?, _ world: ClusterWorld
    ) throws(APIStatus) {
        self.kind = kind
        self.request = request
        self.world = world
        self.namespace = namespace
        let labels = try LabelSelector(parsing: request.query("labelSelector") ?? "")
        let fields = try FieldSelector(parsing: request.query("fieldSelector") ?? "", for: kind)
        isSelective = !labels.isEmpty || !fields.isEmpty
        let all = world.list(kind, namespace: namespace)
        selected =
            isSelective
            ? all.filter { labels.matches($0.labels) && fields.matches($0) } : all
    }

    func answer(now: WallTime) throws(APIStatus) -> ServedResponse {
        try Rendering(request: request, now: now).list(kind, try page())
    }

    /// One `ADDED` event a line.
    var addedEvents: [UInt8] {
        var bytes: [UInt8] = []
        for object in selected {
            bytes += "{\"type\":\"ADDED\",\"object\":".utf8
            bytes += object.encoded
            bytes += "}\n".utf8
        }
        return bytes
    }

    private func page() throws(APIStatus) -> ListPage {
        let asked = request.query("resourceVersion").flatMap(Int.init)
        if asked == 0, request.query("continue") == nil {
            // Served from the watch cache, which knows no pages and only its own version.
            let version = world.list(kind, namespace: nil).map(\.resourceVersion).max()
            return ListPage(
                objects: selected[...], resourceVersion: version ?? world.resourceVersion)
        }
        if let asked, request.query("resourceVersionMatch") == "Exact" {
            return ListPage(
                objects: selected.filter { $0.resourceVersion <= asked }[...],
                resourceVersion: asked)
        }
        var rest = selected[...]
        if let text = request.query("continue"), !text.isEmpty {
            let token = try ContinueToken(parsing: text)
            if token.resourceVersion > 0, token.resourceVersion != world.resourceVersion {
                throw .expired(
                    continueWith: ContinueToken(resourceVersion: -1, lastKey: token.lastKey))
            }
            rest = rest.drop { !token.lastKey.utf8.lexicographicallyPrecedes(key(of: $0).utf8) }
        }
        var page = ListPage(objects: rest, resourceVersion: world.resourceVersion)
        let limit = request.query("limit").flatMap(Int.init) ?? 0
        if limit > 0, rest.count > limit {
            page.objects = rest.prefix(limit)
            page.continueToken = page.objects.last.map {
                ContinueToken(resourceVersion: world.resourceVersion, lastKey: key(of: $0)).text
            }
            page.remaining = isSelective ? nil : rest.count - limit
        }
        return page
    }

    /// Keys are relative to what was listed: without the namespace inside one.
    private func key(of object: StoredObject) -> String {
        namespace == nil ? object.key : object.name
    }
}

/// One page of a list and what its `metadata` says.
struct ListPage: Sendable {
    var objects: ArraySlice<StoredObject>
    var resourceVersion: Int
    var continueToken: String?
    var remaining: Int?

    var metadata: JSONValue {
        var metadata: JSONObject = ["resourceVersion": .string(String(resourceVersion))]
        metadata["continue"] = continueToken.map { .string($0) }
        metadata["remainingItemCount"] = remaining.map { .int($0) }
        return .object(metadata)
    }
}

extension StoredObject {
    var labels: [String: String] {
        var labels: [String: String] = [:]
        for member in value.at("metadata", "labels")?.members ?? [] {
            labels[member.name] = member.value.asText
        }
        return labels
    }
}
