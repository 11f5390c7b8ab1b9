extension LogSignature {
    /// What a Prometheus agent says.
    static let agentTable = #"""
        @ agent-wal-disk-full | agent | certain | the agent's volume is full
        ? no space left on device && remote_name !! HTTP status
        = level=error component=remote remote_name=central err="write /agent/wal/00000004: no space left on device"
        ? no space left on device && scrape_pool
        = level=error component="scrape manager" scrape_pool=node msg="Scrape commit failed" err="write to WAL: log samples: write /agent/wal/00000004: no space left on device"
        ? disk quota exceeded && scrape_pool
        = level=error component="scrape manager" scrape_pool=node msg="Scrape commit failed" err="write to WAL: log samples: write /agent/wal/00000004: disk quota exceeded"
        @ rw-tls-mismatch | agent | likely | agent and receiver disagree about TLS
        ? Failed to send batch, retrying && x509 !! HTTP status
        = level=warn component=remote msg="Failed to send batch, retrying" err="Post: x509: certificate signed by unknown authority"
        ? Failed to send batch, retrying && tls: !! HTTP status
        = level=warn component=remote msg="Failed to send batch, retrying" err="Post: tls: first record does not look like a TLS handshake"
        @ vip-connection-refused | agent | certain | nobody listens where the agent sends
        ? Failed to send batch, retrying && connection refused !! HTTP status
        = level=warn msg="Failed to send batch, retrying" err="dial tcp 127.0.0.1:26999: connect: connection refused"
        ? non-recoverable error && connection refused
        = level=error msg="non-recoverable error" err="dial tcp 127.0.0.1:26999: connect: connection refused"
        @ vip-unreachable-timeout | agent | likely | the agent's address does not answer
        ? Failed to send batch, retrying && no route to host !! HTTP status
        = level=warn msg="Failed to send batch, retrying" err="connect: no route to host"
        ? Failed to send batch, retrying && i/o timeout !! HTTP status
        = level=warn msg="Failed to send batch, retrying" err="dial tcp: i/o timeout"
        ? Failed to send batch, retrying && deadline exceeded !! HTTP status
        = level=warn msg="Failed to send batch, retrying" err="Post: context deadline exceeded"
        ? Failed to send batch, retrying && no such host !! HTTP status
        = level=warn msg="Failed to send batch, retrying" err="dial tcp: lookup thanos-receiver.invalid: no such host"
        @ rw-url-wrong | agent | certain | the agent writes to a path that takes no samples
        ? non-recoverable error && HTTP status 404
        = level=error msg="non-recoverable error" err="server returned HTTP status 404 Not Found: 404 page not found"
        ? non-recoverable error && HTTP status 405
        = level=error msg="non-recoverable error" err="server returned HTTP status 405 Method Not Allowed"
        @ ingest-out-of-order/409 | agent | likely | the receiver refuses what it already has, and the agent drops it
        ? non-recoverable error && HTTP status 409
        = level=error msg="non-recoverable error" err="server returned HTTP status 409 Conflict"
        @ rw-429-dropped | agent | certain | the receiver asks to slow down, and the agent drops the samples
        ? non-recoverable error && HTTP status 429
        = level=error msg="non-recoverable error" err="server returned HTTP status 429 Too Many Requests: too many pending write requests"
        @ rw-nonrecoverable-drop | agent | certain | the receiver refuses the samples, and the agent drops them
        ? non-recoverable error && HTTP status 4
        = level=error msg="non-recoverable error" err="server returned HTTP status 401 Unauthorized: unauthorized"
        @ receive-not-ready-503/body | agent | likely | the receiver is not ready
        ? Failed to send batch, retrying && HTTP status 503 !! forwarding request to endpoint
        = level=warn msg="Failed to send batch, retrying" err="server returned HTTP status 503 Service Unavailable: Service Unavailable"
        @ rw-queue-backlog | agent | likely | the agent's queue does not drain
        ? Skipping resharding
        = level=warn msg="Skipping resharding, last successful send was beyond threshold"
        ? Currently resharding
        = level=warn msg="Currently resharding, skipping."
        @ agent-restart-drops-queue | agent | certain | an agent was stopped before its queue was empty; those samples are lost
        ? Failed to flush all && on shutdown
        = level=error component=remote msg="Failed to flush all samples on shutdown" count=1999
        @ agent-startup-rejected | agent | certain | the agent refuses its configuration
        ? not allowed in agent mode
        = level=error err="field alerting is not allowed in agent mode"
        ? be used in agent mode
        = The following flag(s) can not be used in agent mode: ["--storage.tsdb.path"]
        ? duplicate remote write configs
        = level=error err="duplicate remote write configs are not allowed, found duplicate for URL"
        versions Prometheus 3.0 and later
        ? --enable-feature && option=agent
        = level=warn msg="Unknown option for --enable-feature" option=agent
        @ agent-scrapes-nothing | agent | likely | the agent may not list its targets
        ? is forbidden: User && prometheus
        = level=error err="pods is forbidden: User \"system:serviceaccount:monitoring:prometheus\" cannot list"

        """#
}
