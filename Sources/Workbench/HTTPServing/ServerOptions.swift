/// How one HTTP server listens, how patient it is, and what it says about itself.
package struct ServerOptions: Sendable {
    package var address: ListenAddress
    /// Speaks TLS with this identity; plain HTTP without one.
    package var tls: TLSIdentity?
    /// What is asked of clients that come with TLS.
    package var demands: TLSDemands
    /// A request head, a request body, or an idle connection may take this long, each.
    package var readTimeout: Duration
    /// A client that takes no byte of its response for this long is cut.
    package var writeTimeout: Duration
    /// How long requests in flight may run on after the server was told to stop.
    package var gracePeriod: Duration
    /// Connections beyond this number are closed as they come.
    package var maxConnections: Int
    /// The `Server` header; none is sent without it.
    package var serverName: String?
    /// Go's `net/http` sends `Date` with every answer, so it is on by default.
    package var sendsDate: Bool
    /// How far `Date` is ahead of the clock.
    package var clockSkew: Duration

    package init(
        address: ListenAddress,
        tls: TLSIdentity? = nil,
        demands: TLSDemands = TLSDemands(),
        readTimeout: Duration = .seconds(60),
        writeTimeout: Duration = .seconds(60),
        gracePeriod: Duration = .seconds(5),
        maxConnections: Int = 8192,
        serverName: String? = nil,
        sendsDate: Bool = true,
        clockSkew: Duration = .zero
    ) {
        self.address = address
        self.tls = tls
        self.demands = demands
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
        self.gracePeriod = gracePeriod
        self.maxConnections = maxConnections
        self.serverName = serverName
        self.sendsDate = sendsDate
        self.clockSkew = clockSkew
    }
}
