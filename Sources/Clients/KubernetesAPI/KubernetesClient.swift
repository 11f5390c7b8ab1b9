package import CurlHTTP
package import MarkedYAML

/// Read-only access to one API server: every request is a GET, and no other can be expressed.
package struct KubernetesClient: Sendable {
    package let connection: ClusterConnection
    let transport: any HTTPTransport
    let budget: RequestBudget
    let userAgent: String

    package init(
        _ connection: ClusterConnection, transport: any HTTPTransport, budget: RequestBudget,
        userAgent: String = "thanosctl"
    ) {
        self.connection = connection
        self.transport = transport
        self.budget = budget
        self.userAgent = userAgent
    }

    /// One JSON document; `query` values are escaped here.
    package func get(
        _ path: String, query: [(String, String)] = [], accept: String = MediaType.json
    ) async throws(KubernetesFailure) -> Node {
        let exchange = APIExchange(path: path, query: query, accept: accept)
        let response = try await answer(to: exchange)
        return try exchange.document(response)
    }

    /// One object by name.
    package func object(
        _ resource: APIResource, namespace: String? = nil, name: String
    ) async throws(KubernetesFailure) -> Node {
        try await get(resource.path(namespace: namespace, name: name))
    }

    /// The answer as bytes, whatever its type; anything but 2xx is a failure.
    package func bytes(
        _ path: String, query: [(String, String)] = [], accept: String = "*/*",
        limit: Int = APIExchange.defaultLimit
    ) async throws(KubernetesFailure) -> HTTPResponse {
        var exchange = APIExchange(path: path, query: query, accept: accept)
        exchange.limit = limit
        return try await answer(to: exchange)
    }

    /// A container's log, its last `tailLines`, cut at `limitBytes`.
    package func logs(
        namespace: String, pod: String, container: String? = nil, previous: Bool = false,
        tailLines: Int? = nil, limitBytes: Int = 4 << 20
    ) async throws(KubernetesFailure) -> ContainerLog {
        var query = [("limitBytes", String(limitBytes))]
        if let container { query.append(("container", container)) }
        if previous { query.append(("previous", "true")) }
        if let tailLines { query.append(("tailLines", String(tailLines))) }
        let path = APIResource.pods.path(namespace: namespace, name: pod, subresource: "log")
        let response = try await bytes(path, query: query, limit: limitBytes)
        return ContainerLog(
            bytes: response.body,
            isTruncated: response.isTruncated || response.body.count >= limitBytes)
    }
}

/// Media types that the API server negotiates.
package enum MediaType {
    package static let json = "application/json"
    /// Names, labels and annotations only: what a list of Secrets may show.
    package static let metadataList =
        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
}

/// How long a client may take, altogether and for one request, and how it waits.
package struct RequestBudget: Sendable {
    package var deadline: ContinuousClock.Instant
    package var perRequest: Duration
    /// Waiting between tries; tests replace it.
    package var pause: @Sendable (Duration) async throws -> Void

    package init(
        deadline: ContinuousClock.Instant, perRequest: Duration = .seconds(15),
        pause: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.deadline = deadline
        self.perRequest = perRequest
        self.pause = pause
    }

    package init(total: Duration, perRequest: Duration = .seconds(15)) {
        self.init(deadline: .now + total, perRequest: perRequest)
    }

    var remaining: Duration { deadline - .now }
}
