import MarkedYAML

/// The text of a kubeconfig with one cluster, one user and one context.
///
/// - Parameter caPEM: the authority to trust; empty for a server without TLS.
package func kubeconfig(
    server: String, caPEM: String, token: String, context: String, namespace: String
) -> String {
    kubeconfig(
        servers: [(context, server)], caPEM: caPEM, token: token, namespace: namespace)
}

/// The same with a context for each server, the first of which is the current one.
package func kubeconfig(
    servers: [(context: String, url: String)], caPEM: String, token: String, namespace: String
) -> String {
    let named = { (key: String, values: [(String, JSONValue)]) -> JSONValue in
        .array(values.map { .object(["name": .string($0.0), key: $0.1]) })
    }
    let clusters = servers.map { context, url -> (String, JSONValue) in
        var cluster: JSONObject = ["server": .string(url)]
        if !caPEM.isEmpty {
            cluster["certificate-authority-data"] = .string(Base64.encoded(Array(caPEM.utf8)))
        }
        return (context, .object(cluster))
    }
    let contexts = servers.map { context, _ -> (String, JSONValue) in
        let parts: JSONObject = [
            "cluster": .string(context), "user": .string(context), "namespace": .string(namespace),
        ]
        return (context, .object(parts))
    }
    return YAMLText.of([
        "apiVersion": "v1", "kind": "Config",
        "clusters": named("cluster", clusters),
        "users": named("user", servers.map { ($0.context, ["token": .string(token)]) }),
        "contexts": named("context", contexts),
        "current-context": .string(servers.first?.context ?? ""),
    ])
}

/// Base64 in the common alphabet with padding (RFC 4648, 4).
enum Base64 {
    static func encoded(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encoded(bytes).map { character -> Character in
            switch character {
            case "-": "+"
            case "_": "/"
            default: character
            }
        }
        return String(text) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }
}
