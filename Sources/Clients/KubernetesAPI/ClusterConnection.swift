package import CurlHTTP

/// Everything needed to speak to one API server as one user.
package struct ClusterConnection: Sendable {
    /// Without a trailing slash: `https://10.0.0.1:6443`.
    package var server: String
    package var tls: TLSOptions
    package var authorization: Authorization
    package var proxy: ProxyPolicy
    /// The context's namespace, `default` when it names none.
    package var namespace: String
    /// The context's name, `in-cluster` for a service account.
    package var context: String
    /// The user's entry in the kubeconfig; not always the name that the server sees.
    package var user: String
    /// Names answered without DNS; a lab's table.
    package var resolve: [ResolvedName]

    package init(
        server: String, tls: TLSOptions = TLSOptions(), authorization: Authorization = .none,
        proxy: ProxyPolicy = .environment, namespace: String = "default", context: String = "",
        user: String = "", resolve: [ResolvedName] = []
    ) {
        self.server = server
        self.tls = tls
        self.authorization = authorization
        self.proxy = proxy
        self.namespace = namespace
        self.context = context
        self.user = user
        self.resolve = resolve
    }
}
