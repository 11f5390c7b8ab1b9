extension LogSignature {
    /// Lines of level warn that say nothing bad.
    static let expectedTable = #"""
        @ expected/start | receiver | certain | a receiver says this at every start, stop and change of its hashring
        ? reason=null && changing probe status
        = level=warn component=receive msg="changing probe status" status=not-ready reason=null
        ? hashring has changed; server is not ready
        = level=warn msg="changing probe status" reason="hashring has changed; server is not ready to receive requests"
        @ expected/agent-shutdown | agent | certain | an agent drops its batch in flight at shutdown
        ? non-recoverable error && context canceled
        = level=error msg="non-recoverable error" count=500 exemplarCount=0 err="context canceled"

        """#

    /// What `thanos receive` says of its ring, its storage and its clients.
    static let receiverTable = #"""
        @ tsdb-permission-denied | receiver | certain | the receiver may not write its TSDB folder
        versions Thanos up to 0.41
        ? mkdir / && permission denied !! opening storage failed
        = level=error err="mkdir /var/thanos/receive/default-tenant: permission denied\ncreate default tenant data dir"
        versions Thanos 0.42 and later
        ? mkdirat && permission denied
        = level=error err="mkdirat default-tenant: permission denied\ncreate default tenant tsdb in /var/thanos/receive"
        ? remove storage lock files
        = level=error err="remove storage lock files: open /var/thanos/receive: permission denied"
        ? /lock: permission denied
        = level=error err="remove /var/thanos/receive/default-tenant/lock: permission denied"
        ? mkdir && read-only file system !! opening storage failed
        = level=error err="mkdir ./data: read-only file system\ncreate default tenant data dir: data/default-tenant"
        @ tsdb-disk-full | receiver | certain | the receiver's volume is full
        ? no space left on device !! remote_name !! scrape_pool
        = level=error component=receive err="write /var/thanos/receive/wal/00000012: no space left on device"
        ? disk quota exceeded !! remote_name !! scrape_pool
        = level=error component=receive err="write /var/thanos/receive/wal/00000012: disk quota exceeded"
        ? server returned HTTP status 5 && no space left on device
        = level=warn remote_name=central msg="Failed to send batch, retrying" err="server returned HTTP status 500 Internal Server Error: commit samples: write to WAL: log samples: write /var/thanos/receive/default-tenant/wal/00000012: no space left on device"
        @ hashring-no-matching-tenant | receiver | certain | no hashring accepts the tenant
        ? no matching hashring to handle tenant
        = level=error tenant=default-tenant msg="failed to distribute timeseries to replicas" err="no matching hashring to handle tenant"
        versions no release; incident reports quote it
        ? no such tenant
        = level=error err="hashring: no such tenant"
        @ hashring-file-not-mounted | receiver | certain | the hashring file is not where the flag says
        ? adding path && to file watcher
        = level=error err="no such file or directory\nadding path /etc/thanos-hashrings/hashrings.json to file watcher"
        @ hashring-json-invalid | receiver | certain | the hashring file does not parse
        ? configuration file is not parsable
        = level=error err="configuration file is not parsable\nfailed to parse configuration file"
        ? configuration file is empty
        = level=error err="configuration file is empty"
        ? endpoint address must be set
        = level=error err="endpoint address must be set"
        @ replication-factor-exceeds-endpoints | receiver | certain | the ring has fewer endpoints than the replication factor asks for
        ? amount of endpoints needs to be larger
        = level=error err="ketama: amount of endpoints needs to be larger than replication factor"
        ? insufficient nodes; have
        = level=error msg="failed to distribute timeseries to replicas" err="insufficient nodes; have 1, want 2"
        @ replication-factor-mixed | receiver | certain | receivers run with different replication factors
        ? request replica exceeds receiver replication factor
        = level=error err="request replica exceeds receiver replication factor"
        @ hashring-endpoint-wrong-port | receiver | likely | a ring endpoint is not a gRPC port
        ? error reading server preface !! update of endpoint failed
        = level=error err="connection error: desc = \"error reading server preface: http2: frame too large\""
        ? http2: frame too large !! update of endpoint failed
        = level=error err="http2: frame too large"
        versions Thanos up to 0.36
        ? for endpoint http
        = level=error err="backing off forward request for endpoint http://thanos-receiver-1:19291/api/v1/receive: target not available"
        versions Thanos up to 0.36
        ? request to endpoint http
        = level=error err="forwarding request to endpoint https://thanos-receiver-1:19291/api/v1/receive: connection refused"
        versions Thanos 0.37 and later
        ? for endpoint {{http
        = level=error err="backing off forward request for endpoint {{http://thanos-receiver-1:19291/api/v1/receive http:19391 } 0}: target not available"
        versions Thanos 0.37 to 0.41
        ? request to endpoint {http
        = level=error err="forwarding request to endpoint {http://thanos-receiver-1:19291 http:19391 }: rpc error: code = Unavailable desc ="
        versions Thanos 0.42 and later
        ? endpoint addr: http
        = level=error err="forwarding request to endpoint addr: http://thanos-receiver-1:19291, capnp_addr: http:19391, az: : rpc error: code = Unavailable desc ="
        @ conflict-retry-storm | receiver | likely | replicas refuse what they already have, and writers send it again
        ? target not available && AlreadyExists
        = level=warn err="target not available: rpc error: code = AlreadyExists desc = store locally"
        ? target not available && conflict
        = level=warn err="2 errors: conflict; target not available"
        @ replication-quorum-lost | receiver | likely | too few receivers answer for the quorum
        ? backing off forward request !! AlreadyExists
        = level=warn msg="backing off forward request for endpoint {thanos-receiver-1:10901}"
        ? target not available !! conflict
        = level=warn msg="Failed to send batch, retrying" err="server returned HTTP status 503 Service Unavailable: target not available"
        @ replication-quorum-lost/peer | receiver | likely | a receiver does not answer the others
        ? forwarding request to endpoint && connection refused
        = level=error err="forwarding request to endpoint {thanos-receiver-1:10901}: connection refused"
        ? forwarding request to endpoint && code = Unavailable !! no such host !! authentication handshake failed
        = level=warn err="2 errors: forwarding request to endpoint {thanos-receiver-1:10901}: rpc error: code = Unavailable desc ="
        @ hashring-dns-unresolvable | receiver | likely | names in the ring do not resolve
        ? no such host && forwarding request
        = level=error err="forwarding request to endpoint {thanos-receiver-1:10901}: lookup thanos-receiver-1: no such host"
        ? produced zero addresses
        = level=error err="name resolver error: produced zero addresses"
        @ peer-tls-mismatch | receiver | likely | receivers disagree about TLS among each other
        ? forwarding request to endpoint && authentication handshake failed
        = level=error err="forwarding request to endpoint {thanos-receiver-1:10901 thanos-receiver-1:19391 }: rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: tls: first record does not look like a TLS handshake\""
        @ forward-timeout | receiver | likely | forwarding to another receiver takes too long
        ? context deadline exceeded && internal server error
        = level=error err="context deadline exceeded" msg="internal server error"
        ? server returned HTTP status 5 && context deadline exceeded
        = level=warn component=remote remote_name=central msg="Failed to send batch, retrying" err="server returned HTTP status 500 Internal Server Error: context deadline exceeded"
        @ receive-not-ready-503 | receiver | certain | the receiver's storage is not ready
        ? TSDB not ready !! get appender
        = level=error err="TSDB not ready"
        ? target not ready
        = level=error err="store locally for endpoint: target not ready"
        @ receive-not-ready-503/tenant | receiver | likely | a tenant's storage is not open
        next Up to Thanos 0.40 the first writes of a new tenant are answered so until its TSDB is open, and the agent sends them again; later, or when it lasts, read why the TSDB does not open.
        ? get appender && TSDB not ready
        = level=error tenant=team-a err="get appender: TSDB not ready" msg="internal server error"
        @ tenant-header-mismatch | receiver | certain | the client sends a tenant that is not accepted
        versions Thanos up to 0.41
        ? Tenant name not valid
        = level=error msg="error getting tenant from HTTP" err="Tenant name not valid"
        versions Thanos 0.42 and later
        ? tenant name not valid
        = level=error msg="error getting tenant from HTTP" err="tenant name not valid"
        ? certificate field from client cert
        = level=error err="could not get required certificate field from client cert"
        @ clock-skew-future-samples | receiver | certain | samples lie in the future: some clock is wrong
        ? too far in the future
        = level=warn component=receive-writer msg="block metric too far in the future" lset="{__name__=\"up\"}" timestamp=1795341600000 bound=1795338000000
        @ ingest-out-of-bounds | receiver | certain | samples are too old, or too far in the future
        ? too old or are too far into the future
        = level=warn msg="Error on ingesting samples that are too old or are too far into the future" numDropped=1
        ? outside of the allowed out-of-order time window
        = level=warn err="the sample is outside of the allowed out-of-order time window"
        ? out of bounds
        = level=error msg="non-recoverable error" err="server returned HTTP status 409 Conflict: add 5 samples: out of bounds"
        @ ingest-out-of-order | receiver | certain | two writers send the same series, or one sends it out of order
        ? out-of-order samples
        = level=warn msg="Error on ingesting out-of-order samples" numDropped=1
        ? out of order sample
        = level=error msg="non-recoverable error" err="server returned HTTP status 409 Conflict: 3 errors: add 5 samples: out of order sample"
        ? different value but same timestamp
        = level=warn msg="Error on ingesting samples with different value but same timestamp" numDropped=1
        @ rw-nonrecoverable-drop/labels | receiver | likely | a writer sends series whose labels are unsorted, doubled or empty; they are refused and not sent again
        next Look for a sender that builds labels itself, such as a proxy or an exporter with remote write: Prometheus sorts them and leaves empty ones out.
        ? Error on series with
        = level=warn msg="Error on series with out-of-order labels" numDropped=1
        @ head-series-limit | receiver | certain | a tenant is above its limit of series
        ? tenant above limit
        = level=error msg="tenant above limit" tenant=team-a
        ? failed to query meta-monitoring
        = level=error msg="failed to query meta-monitoring"
        @ rw-probe-400-expected | receiver | possible | a probe, or a client that does not send remote write
        ? snappy decode error !! remote_name
        = level=error component=receive-handler msg="snappy decode error" err="s2: corrupt input"
        @ rw-protobuf-v2-unsupported | receiver | certain | the agent speaks remote write 2.0 to a receiver that does not
        versions Thanos up to 0.42
        ? empty remote write request; client bug
        = level=debug component=receive-handler msg="empty remote write request; client bug or newer remote write protocol used?; skipping"
        versions Prometheus 2.54 and later
        ? PRW 2.0 response header statistics
        = level=ERROR msg="non-recoverable error" err="sent v2 request with 500 samples, 0 histograms and 0 exemplars; got 2xx, but PRW 2.0 response header statistics indicate 0 samples, 0 histograms and 0 exemplars were accepted"
        @ receive-external-labels | receiver | certain | the receiver has no external labels
        ? no external labels configured for receive
        = level=error err="no external labels configured for receive, uniquely identifying external labels must be configured"
        @ receive-flag-rejected | receiver | certain | the receiver refuses its own flags
        ? unknown long flag
        = error parsing commandline arguments: [thanos receive]: unknown long flag '--receive.hashring-file'
        ? TSDB Max time is
        = level=error err="found that TSDB Max time is 1h and Min time is 2h"
        @ receiver-wal-corrupt | receiver | certain | the write-ahead log is damaged
        ? WAL read error, attempting repair
        = level=warn msg="Encountered WAL read error, attempting repair"
        ? repair corrupted WAL
        = level=error err="repair corrupted WAL: cannot handle error"
        ? chunks_head && panic
        = panic: write header: write /var/thanos/receive/default-tenant/chunks_head/000001: file already closed

        """#
}
