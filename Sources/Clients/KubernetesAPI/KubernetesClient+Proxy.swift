package import CurlHTTP

/// A port behind the API server's proxy.
package struct ProxiedPort: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case pods, services }

    package var kind: Kind
    package var namespace: String
    package var name: String
    package var port: Int
    package var usesTLS: Bool

    package init(
        _ kind: Kind, namespace: String, name: String, port: Int, usesTLS: Bool = false
    ) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.port = port
        self.usesTLS = usesTLS
    }

    func path(_ inner: String) -> String {
        let scheme = usesTLS ? "https:" : ""
        let tail = inner.hasPrefix("/") ? inner : "/" + inner
        return "/api/v1/namespaces/\(namespace.percentEncoded)/\(kind.rawValue)/"
            + "\(scheme)\(name.percentEncoded):\(port)/proxy\(tail)"
    }
}

extension KubernetesClient {
    /// GET through the API server; what the pod answers is a response, whatever its status.
    ///
    /// A failure is one of the API server itself: access, no endpoints, no way to the pod.
    package func proxy(
        _ port: ProxiedPort, _ inner: String, limit: Int = 4 << 20
    ) async throws(KubernetesFailure) -> HTTPResponse {
        var exchange = APIExchange(path: port.path(inner), accept: "*/*")
        exchange.limit = limit
        let response = try await exchanged(exchange)
        guard !(200..<300).contains(response.status) else { return response }
        let reading = StatusReading(response, exchange)
        // apimachinery's proxy transport answers in plain text when it cannot connect.
        let isOwnText = response.status >= 500 && response.text.hasPrefix("error trying to reach")
        guard reading.isStatus || isOwnText else { return response }
        throw reading.failure(hint: nil)
    }
}
