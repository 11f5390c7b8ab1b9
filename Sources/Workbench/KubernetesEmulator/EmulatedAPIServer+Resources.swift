import HTTPServing
import MarkedYAML

extension EmulatedAPIServer {
    /// Finds the resource a path names and answers what is asked of it.
    func resourceAnswer(
        _ request: ResourceRequest, _ verb: String
    ) async throws(APIStatus) -> ServedResponse {
        let world = self.world
        let path = request.path
        guard !world.catalogue.kinds(in: path.groupVersion).isEmpty else { return .pageNotFound }
        guard let kind = world.catalogue.kind(plural: path.plural, in: path.groupVersion) else {
            throw .unknownResource
        }
        if kind.group == "authorization.k8s.io" {
            guard request.request.method == "POST" else { throw .methodNotAllowed }
            return try await review(request, kind)
        }
        guard request.request.isRead else { throw .methodNotAllowed }
        guard kind.isNamespaced || path.namespace == nil else { throw .unknownResource }
        guard let name = path.name else {
            let listing = try Listing(kind, request.request, path.namespace, world)
            return verb == "watch" ? watch(listing) : try listing.answer(now: cluster.now())
        }
        guard path.namespace != nil || !kind.isNamespaced else { throw .unknownResource }
        return try await objectAnswer(request, kind, name, world)
    }

    private func objectAnswer(
        _ request: ResourceRequest, _ kind: ResourceKind, _ name: String, _ world: ClusterWorld
    ) async throws(APIStatus) -> ServedResponse {
        let path = request.path
        if path.subresource == "proxy" {
            return try await proxied(request, kind, name, world)
        }
        guard let object = world.object(kind, namespace: path.namespace, name: name) else {
            throw .notFound(kind, name)
        }
        switch (path.subresource, kind.qualifiedName) {
        case (nil, _), ("status", _):
            return try Rendering(request: request.request, now: cluster.now()).single(object)
        case ("log", "pods"):
            return try PodLog(pod: object, logs: world.logs, now: cluster.now())
                .answer(request.request)
        default:
            throw .unknownResource
        }
    }

    /// The objects as they are, one event each, then nothing new until the time is up.
    private func watch(_ listing: Listing) -> ServedResponse {
        let asked = listing.request.query("timeoutSeconds").flatMap(Int.init)
        // Without a wish the API server picks between half an hour and an hour.
        let timeout = Duration.seconds(min(max(asked ?? 1800, 0), 86_400))
        let version = listing.request.query("resourceVersion") ?? ""
        let events = version.isEmpty || version == "0" ? listing.addedEvents : []
        let source = WatchEvents(first: events, timeout: timeout)
        return ServedResponse(
            status: 200,
            headers: [ServedResponse.cacheControl, ("Content-Type", "application/json")],
            body: .stream(AsyncStream(unfolding: { await source.next() })))
    }
}

/// The events of one watch; an actor because a stream's source is called from its reader.
private actor WatchEvents {
    private var first: [UInt8]
    private let timeout: Duration
    private var isOver = false

    init(first: [UInt8], timeout: Duration) {
        self.first = first
        self.timeout = timeout
    }

    func next() async -> [UInt8]? {
        if !first.isEmpty {
            defer { first = [] }
            return first
        }
        guard !isOver else { return nil }
        isOver = true
        // Cancelled when the server stops, which ends the watch as well.
        try? await Task.sleep(for: timeout)
        return nil
    }
}
