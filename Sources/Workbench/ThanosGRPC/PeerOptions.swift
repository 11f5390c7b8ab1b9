package import HTTPServing

/// How a receiver speaks to its peers.
package struct PeerOptions: Sendable {
    /// TLS towards a peer (`--remote-write.client-tls-*`, `--remote-write.client-server-name`).
    package struct TLS: Sendable {
        /// Whom to trust, as PEM; what the system trusts without it.
        package var authorityPEM: String?
        /// Shown to a peer that asks for a certificate.
        package var identity: TLSIdentity?
        /// The name to ask for and to find in the peer's certificate; the target's host without it.
        package var serverName: String?
        package var skipsVerification = false

        package init() {}
    }

    /// Plain text without it.
    package var tls: TLS?
    /// Addresses by the names of peers; with a table no name is looked up anywhere else,
    /// and nothing but loopback is dialled.
    package var names: [String: String]?
    /// Sends messages as framed snappy (`--receive.grpc-compression`).
    package var compresses = true
    /// The most bytes of an answer.
    package var messageBytes = 64 << 20

    package init() {}
}
