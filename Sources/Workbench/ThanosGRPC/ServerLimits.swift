/// What a server puts up with.
package struct ServerLimits: Sendable {
    /// The most bytes of one request, also when decompressed.
    package var messageBytes = 64 << 20
    /// The most bytes of requests held at once, over all connections.
    package var bytesInFlight = 256 << 20
    /// The most connections at once; further ones are closed as they come.
    package var connections = 4096
    /// The most calls at once on one connection; a client waits with further ones.
    package var callsPerConnection = 1000
    /// How long a request may take to arrive.
    package var readTimeout: Duration = .seconds(60)
    /// A connection that was silent for so long is asked for a sign of life.
    package var keepaliveTime: Duration = .seconds(60)
    /// After so long without a call a connection is closed; clients open it again on demand.
    package var idleTimeout: Duration = .seconds(15 * 60)
    /// The age at which a connection is closed in good order (`--grpc-server-max-connection-age`).
    package var connectionAge: Duration = .seconds(60 * 60)
    /// How long calls may go on when their connection is to be closed.
    package var gracePeriod: Duration = .seconds(5)

    package init() {}
}
