// Source: cmd/thanos/receive.go and cmd/thanos/config.go of Thanos, v0.28 to main after v0.42.

extension ReceiveFlagSpec {
    static let serving: [ReceiveFlagSpec] = [
        ReceiveFlagSpec(
            "--log.level", .choice(["error", "warn", "info", "debug"]), default: "info"),
        ReceiveFlagSpec(
            "--log.format", .choice(["logfmt", "json", "journald"]), default: "logfmt",
            youngerChoices: ["journald": ThanosRelease(0, 42)]),
        ReceiveFlagSpec("--debug.name", hidden: true),
        ReceiveFlagSpec("--tracing.config-file"),
        ReceiveFlagSpec("--tracing.config"),
        ReceiveFlagSpec("--enable-auto-gomemlimit", .boolean, default: "false"),
        ReceiveFlagSpec("--auto-gomemlimit.ratio", .decimal, default: "0.9"),
        ReceiveFlagSpec("--http-address", default: "0.0.0.0:10902"),
        ReceiveFlagSpec("--http-grace-period", .duration, default: "2m"),
        ReceiveFlagSpec("--http.config", default: ""),
        ReceiveFlagSpec("--grpc-address", default: "0.0.0.0:10901"),
        ReceiveFlagSpec("--grpc-server-tls-cert", default: ""),
        ReceiveFlagSpec("--grpc-server-tls-key", default: ""),
        ReceiveFlagSpec("--grpc-server-tls-client-ca", default: ""),
        ReceiveFlagSpec("--grpc-server-tls-min-version", default: "1.3"),
        ReceiveFlagSpec("--grpc-server-tls-ciphers", since: ThanosRelease(0, 42)),
        ReceiveFlagSpec("--grpc-server-tls-curves", since: ThanosRelease(0, 42)),
        ReceiveFlagSpec("--grpc-server-max-connection-age", .goDuration, default: "60m"),
        ReceiveFlagSpec("--grpc-grace-period", .duration, default: "2m"),
        ReceiveFlagSpec("--store.limits.request-series", .unsignedInteger, default: "0"),
        ReceiveFlagSpec("--store.limits.request-samples", .unsignedInteger, default: "0"),
        ReceiveFlagSpec("--remote-write.address", default: "0.0.0.0:19291"),
        ReceiveFlagSpec("--remote-write.server-tls-cert", default: ""),
        ReceiveFlagSpec("--remote-write.server-tls-key", default: ""),
        ReceiveFlagSpec("--remote-write.server-tls-client-ca", default: ""),
        ReceiveFlagSpec(
            "--remote-write.server-tls-min-version", default: "1.3", since: ThanosRelease(0, 37)),
        ReceiveFlagSpec("--remote-write.server-tls-ciphers", since: ThanosRelease(0, 42)),
        ReceiveFlagSpec("--remote-write.server-tls-curves", since: ThanosRelease(0, 42)),
        ReceiveFlagSpec("--remote-write.client-tls-cert", default: ""),
        ReceiveFlagSpec("--remote-write.client-tls-key", default: ""),
        ReceiveFlagSpec("--remote-write.client-tls-ca", default: ""),
        ReceiveFlagSpec("--remote-write.client-server-name", default: ""),
        ReceiveFlagSpec(
            "--remote-write.client-tls-secure", .boolean, default: "false",
            since: ThanosRelease(0, 35)),
        ReceiveFlagSpec(
            "--remote-write.client-tls-skip-verify", .boolean, default: "false",
            since: ThanosRelease(0, 35)),
        ReceiveFlagSpec(
            "--remote-write.client-tls-min-version", default: "1.3", since: ThanosRelease(0, 42)),
        ReceiveFlagSpec("--request.logging-config-file"),
        ReceiveFlagSpec("--request.logging-config"),
        ReceiveFlagSpec("--enable-feature", repeatable: true),
    ]

    static let writing: [ReceiveFlagSpec] = [
        ReceiveFlagSpec("--label", repeatable: true),
        ReceiveFlagSpec("--receive.hashrings-file"),
        ReceiveFlagSpec("--receive.hashrings"),
        ReceiveFlagSpec(
            "--receive.hashrings-algorithm", .choice(["hashmod", "ketama"]), default: "hashmod"),
        ReceiveFlagSpec("--receive.hashrings-file-refresh-interval", .duration, default: "5m"),
        ReceiveFlagSpec("--receive.local-endpoint"),
        ReceiveFlagSpec("--receive.tenant-header", default: "THANOS-TENANT"),
        ReceiveFlagSpec(
            "--receive.tenant-certificate-field",
            .choice(["", "organization", "organizationalUnit", "commonName"]), default: ""),
        ReceiveFlagSpec("--receive.default-tenant-id", default: "default-tenant"),
        ReceiveFlagSpec(
            "--receive.split-tenant-label-name", default: "", since: ThanosRelease(0, 35)),
        ReceiveFlagSpec("--receive.tenant-label-name", default: "tenant_id"),
        ReceiveFlagSpec("--receive.replica-header", default: "THANOS-REPLICA"),
        ReceiveFlagSpec(
            "--receive.forward.async-workers", .unsignedInteger, default: "5",
            since: ThanosRelease(0, 35)),
        ReceiveFlagSpec(
            "--receive.grpc-compression", .choice(["snappy", "none"]), default: "snappy"),
        ReceiveFlagSpec("--receive.replication-factor", .unsignedInteger, default: "1"),
        ReceiveFlagSpec(
            "--receive.replication-protocol", .choice(["protobuf", "capnproto"]),
            default: "protobuf", since: ThanosRelease(0, 37)),
        ReceiveFlagSpec(
            "--receive.capnproto-address", default: "0.0.0.0:19391", since: ThanosRelease(0, 37)),
        ReceiveFlagSpec("--receive.grpc-service-config", default: "", since: ThanosRelease(0, 38)),
        ReceiveFlagSpec("--receive-forward-timeout", .duration, default: "5s", hidden: true),
        ReceiveFlagSpec(
            "--receive-forward-max-backoff", .duration, default: "5s", hidden: true,
            since: ThanosRelease(0, 32)),
        ReceiveFlagSpec(
            "--receive.artificial-max-delay", .duration, default: "0s", hidden: true,
            since: ThanosRelease(0, 41)),
        ReceiveFlagSpec("--receive.relabel-config-file"),
        ReceiveFlagSpec("--receive.relabel-config"),
        ReceiveFlagSpec(
            "--receive.limits-config-file", hidden: true, since: ThanosRelease(0, 29)),
        ReceiveFlagSpec("--receive.limits-config", hidden: true, since: ThanosRelease(0, 29)),
        ReceiveFlagSpec(
            "--receive.limits-config-reload-timer", .goDuration, default: "1s", hidden: true,
            since: ThanosRelease(0, 32)),
        ReceiveFlagSpec(
            "--receive.otlp-enable-target-info", .boolean, default: "true",
            since: ThanosRelease(0, 38)),
        ReceiveFlagSpec(
            "--receive.otlp-promote-resource-attributes", repeatable: true,
            since: ThanosRelease(0, 38)),
        ReceiveFlagSpec(
            "--receive.lazy-retrieval-max-buffered-responses", .integer, default: "20",
            since: ThanosRelease(0, 39)),
        ReceiveFlagSpec(
            "--writer.intern", .boolean, default: "false", hidden: true,
            removedIn: ThanosRelease(0, 43)),
    ]
}
