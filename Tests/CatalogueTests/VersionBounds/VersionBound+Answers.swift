/// What receivers answer, count and say, of which agents and checks hear.
extension VersionBound {
    static let answers = [
        VersionBound(
            fact: "remote write 2.0 is understood",
            check: "rw-protobuf-v2-unsupported", releases: ("v0.42.4", "v0.43.0"),
            says: (before: "which is Thanos v0.42.4", after: nil),
            evidence: example(
                "rw-protobuf-v2-unsupported", "an edge that is newer than the receivers")),
        VersionBound(
            fact: "OTLP has a path of its own",
            check: "rw-url-wrong", releases: ("v0.37.2", "v0.38.0"),
            says: (before: "answers 404", after: "answers 400"), isWrongAnyway: true,
            evidence: receiver(
                more: """
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: receiver, namespace: monitoring}
                    spec: {selector: {app: receiver}, ports: [{port: 19291}]}
                    -- prometheus.yml --
                    remote_write: [{url: "http://receiver.monitoring.svc:19291/api/v1/otlp"}]
                    """)),
        VersionBound(
            fact: "the name of a tenant is refused in small letters",
            check: "tenant-header-mismatch", releases: ("v0.41.0", "v0.42.0"),
            says: (before: "Tenant name not valid", after: "tenant name not valid"),
            isWrongAnyway: true,
            evidence: { side in
                example("tenant-header-mismatch", "a receiver refuses names")(side).replacing(
                    "Tenant name", with: side.isAfter ? "tenant name" : "Tenant name")
            }),
        VersionBound(
            fact: "failed forwards are counted",
            check: "replication-quorum-lost", releases: ("v0.38.0", "v0.39.0"),
            says: (
                before: "grpc_client_handled_total",
                after: "thanos_receive_forward_requests_total"
            ), isWrongAnyway: true,
            evidence: { side in
                example(
                    "replication-quorum-lost",
                    side.isAfter
                        ? "all are ready and cannot reach each other"
                        : "v0.37.2 counts no failed forward, and the calls that fail")(side)
            }),
        VersionBound(
            fact: "half conflict, half out of reach is answered with 503",
            check: "conflict-retry-storm", releases: ("v0.41.0", "v0.42.0"),
            says: (before: ": 500 Internal", after: ": 503 Service"), isWrongAnyway: true,
            evidence: { side in
                let bundle = example("conflict-retry-storm", "the same batch for minutes")(side)
                return side.isAfter
                    ? bundle.replacing("endpoint {receiver-2:10901 receiver-2:19391 }", with: here)
                    : bundle.replacing("503 Service Unavailable", with: "500 Internal Server Error")
            }),
        VersionBound(
            fact: "what is answered with 503 is told at level debug",
            check: "conflict-retry-storm", releases: ("v0.41.0", "v0.42.0"),
            says: (before: "internal server error", after: "failed to handle request"),
            isWrongAnyway: true,
            evidence: { side in
                let name = "a receiver of an older release answers with 500"
                let bundle = example("conflict-retry-storm", name)(side)
                guard side.isAfter else { return bundle }
                return bundle.replacing("level=error", with: "level=debug")
                    .replacing("internal server error", with: "failed to handle request")
            }),
        VersionBound(
            fact: "the endpoint stands before a failure of its own, too",
            check: "tsdb-disk-full", releases: ("v0.41.0", "v0.42.0"),
            says: (before: "the volume of 1 of 1 receiver", after: "the volume of 1 of 1 receiver"),
            isWrongAnyway: true,
            evidence: { side in
                let bundle = example("tsdb-disk-full", "all writes fail, and the pod is ready")(
                    side)
                guard side.isAfter else { return bundle }
                return bundle.replacing("level=error", with: "level=debug")
                    .replacing("internal server error", with: "failed to handle request")
                    .replacing("commit samples", with: "\(forwarding) writing locally: commit")
            }),
        VersionBound(
            fact: "one flag of Query names several labels",
            check: "query-replica-label-missing", releases: ("v0.36.1", "v0.37.0"),
            says: (before: "--query.replica-label", after: nil),
            evidence: { side in
                example("query-replica-label-missing", "another label")(side).replacing(
                    "--query.replica-label=replica",
                    with: "--query.replica-label=replica,receive_replica")
            }),
    ]

    private static let here = "endpoint addr: receiver-2:10901, capnp_addr: receiver-2:19391, az: "
    private static let forwarding =
        "forwarding request to endpoint addr: receiver-0:10901, capnp_addr: receiver-0:19391, az: :"
}
