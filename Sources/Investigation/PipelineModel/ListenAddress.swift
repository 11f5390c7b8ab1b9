/// Where a listener waits for connections: `0.0.0.0:19291`, `:19291`, `[::1]:19291`.
package struct ListenAddress: Sendable, Hashable {
    package let host: String
    package let port: Int

    /// Nil when the text holds no port number.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (1...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.host = String(host)
        self.port = port
    }

    /// Whether only the pod itself can connect.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
