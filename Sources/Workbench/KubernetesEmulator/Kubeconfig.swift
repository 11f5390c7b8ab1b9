import MarkedYAML

/// The text of a kubeconfig with one cluster, one user and one context.
///
/// - Parameter caPEM: the authority to trust; empty for a server without TLS.
package func kubeconfig(
    server: String, caPEM: String, token: String, context: String, namespace: String
) -> String {
    var cluster: JSONObject = ["server": .string(server)]
    if !caPEM.isEmpty {
        cluster["certificate-authority-data"] = .string(Base64.encoded(Array(caPEM.utf8)))
    }
    return YAMLText.of([
        "apiVersion": "v1", "kind": "Config",
        "clusters": [["name": .string(context), "cluster": .object(cluster)]],
        "users": [["name": .string(context), "user": ["token": .string(token)]]],
        "contexts": [
            [
                "name": .string(context),
                "context": [
                    "cluster": .string(context), "user": .string(context),
                    "namespace": .string(namespace),
                ],
            ]
        ],
        "current-context": .string(context),
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
