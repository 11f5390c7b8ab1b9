import Testing

/// A line as some releases write it.
struct WrittenLine: Sendable, CustomTestStringConvertible {
    let text: String
    /// The check that finds the fault behind it.
    let cause: String
    /// Nil where all releases write it so, and only the status around it differs.
    let releases: String?

    var testDescription: String { text }

    private init(_ text: String, _ cause: String, _ releases: String? = nil) {
        self.text = text
        self.cause = cause
        self.releases = releases
    }

    private static let retrying =
        #"level=warn remote_name=central msg="Failed to send batch, retrying" "#
    private static let dropped = #"level=error remote_name=central msg="non-recoverable error" "#
    private static let handler = "level=error component=receive component=receive-handler "
    private static let full =
        "commit samples: write to WAL: log samples: write /data/a/wal/00000000: "
        + "no space left on device"
    /// The endpoint in front of an error, since v0.42 also of the receiver's own.
    private static let here =
        "forwarding request to endpoint addr: receiver-0:10901, capnp_addr: receiver-0:19391, "
        + "az: : writing locally: "

    static let all = answers + texts + endpoints

    /// What agents quote: before v0.42 a full disk is 500, since then 503, with the endpoint.
    private static let answers = [
        WrittenLine(
            retrying + #"err="server returned HTTP status 500 Internal Server Error: \#(full)""#,
            "tsdb-disk-full"),
        WrittenLine(
            retrying
                + #"err="server returned HTTP status 503 Service Unavailable: \#(here + full)""#,
            "tsdb-disk-full"),
        WrittenLine(
            dropped + #"err="server returned HTTP status 409 Conflict: "#
                + #"add 1 samples: out of order sample""#,
            "ingest-out-of-order"),
        WrittenLine(
            dropped + #"err="server returned HTTP status 409 Conflict: "#
                + #"\#(here)add 1 samples: out of order sample""#,
            "ingest-out-of-order"),
        WrittenLine(
            dropped + #"err="sent v2 request with 5 samples; got 2xx, but PRW 2.0 response header "#
                + #"statistics indicate 0 samples were accepted""#,
            "rw-protobuf-v2-unsupported", "Prometheus 2.54 and later"),
    ]

    private static let texts = [
        WrittenLine(
            handler + #"err="Tenant name not valid""#, "tenant-header-mismatch",
            "Thanos up to 0.41"),
        WrittenLine(
            handler + #"err="tenant name not valid""#, "tenant-header-mismatch",
            "Thanos 0.42 and later"),
        WrittenLine(
            #"level=error err="mkdir /data/default-tenant: permission denied""#,
            "tsdb-permission-denied", "Thanos up to 0.41"),
        WrittenLine(
            #"level=error err="mkdirat default-tenant: permission denied""#,
            "tsdb-permission-denied", "Thanos 0.42 and later"),
        WrittenLine(
            handler + #"tenant=new err="get appender: TSDB not ready" msg="internal server error""#,
            "receive-not-ready-503"),
        WrittenLine(
            "level=debug component=receive-handler msg=\"empty remote write request; client bug "
                + "or newer remote write protocol used?; skipping\"",
            "rw-protobuf-v2-unsupported", "Thanos up to 0.42"),
        WrittenLine(
            #"level=error component=multi-tsdb tenant=a msg="initial upload failed" err=EOF"#,
            "upload-stalled", "Thanos 0.42 and later"),
        WrittenLine(
            #"level=warn component=uploader msg="upload failed" err=EOF"#, "upload-stalled"),
    ]

    private static let endpoints = [
        WrittenLine(
            handler + "err=\"backing off forward request for endpoint http://a:19291: "
                + "target not available\"",
            "hashring-endpoint-wrong-port", "Thanos up to 0.36"),
        WrittenLine(
            handler
                + "err=\"backing off forward request for endpoint {{http://a:19291 http:19391 } "
                + "0}: target not available\"",
            "hashring-endpoint-wrong-port", "Thanos 0.37 and later"),
        WrittenLine(
            handler
                + "err=\"forwarding request to endpoint {http://a:19291 http:19391 }: refused\"",
            "hashring-endpoint-wrong-port", "Thanos 0.37 to 0.41"),
        WrittenLine(
            handler + "err=\"forwarding request to endpoint addr: http://a:19291, "
                + "capnp_addr: http:19391, az: : refused\"",
            "hashring-endpoint-wrong-port", "Thanos 0.42 and later"),
    ]
}
