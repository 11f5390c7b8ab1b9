/// Flags that came and went, as the changelogs of Thanos say it.
extension VersionBound {
    static let flags =
        younger + [
            VersionBound(
                fact: "uploads need no blocks of one size",
                check: "receive-flag-rejected", releases: ("v0.41.0", "v0.42.0"),
                says: (before: "compaction needs to be disabled", after: nil),
                evidence: example("receive-flag-rejected", "blocks of several sizes with uploads")),
            VersionBound(
                fact: "logs for journald",
                check: "receive-flag-rejected", releases: ("v0.41.0", "v0.42.0"),
                says: (before: "must be one of logfmt,json, got 'journald'", after: nil),
                evidence: receiver("--log.format=journald")),
            gone("--shipper.ignore-unequal-block-size", last: 41),
            gone("--writer.intern", last: 42),
            VersionBound(
                fact: "TLS between receivers has a flag of its own",
                check: "peer-tls-mismatch", releases: ("v0.34.1", "v0.35.0"),
                says: (before: nil, after: "without --remote-write.client-tls-secure"),
                evidence: example("peer-tls-mismatch", "a server with TLS and a client without")),
            VersionBound(
                fact: "a guard against samples of the future",
                check: "clock-skew-future-samples", releases: ("v0.31.0", "v0.32.0"),
                says: (before: nil, after: "however far in the future"),
                evidence: example(
                    "clock-skew-future-samples", "a receiver without a guard, for information")),
            VersionBound(
                fact: "a window for late samples",
                check: "ingest-out-of-bounds", releases: ("v0.29.0", "v0.30.0"),
                says: (
                    before: "compare the clocks of the clients",
                    after: "set --tsdb.out-of-order.time-window=4h"
                ), isWrongAnyway: true,
                evidence: example("ingest-out-of-bounds", "samples are rejected now")),
            VersionBound(
                fact: "a number of workers that forward",
                check: "forward-timeout", releases: ("v0.34.1", "v0.35.0"),
                says: (
                    before: "to find the slow one\n",
                    after: "with many agents set --receive.forward.async-workers=50"
                ), isWrongAnyway: true,
                evidence: example("forward-timeout", "write after write ends at the deadline")),
        ]

    /// The first release of each flag, by its minor number.
    private static let younger: [VersionBound] = [
        ("--receive.limits-config=x", 29), ("--receive.limits-config-file=/x", 29),
        ("--tsdb.out-of-order.time-window=1h", 30), ("--tsdb.out-of-order.cap-max=32", 30),
        ("--tsdb.enable-native-histograms", 31),
        ("--tsdb.too-far-in-future.time-window=5m", 32), ("--receive-forward-max-backoff=5s", 32),
        ("--receive.limits-config-reload-timer=1s", 32), ("--tsdb.max-retention-bytes=1GB", 34),
        ("--remote-write.client-tls-secure", 35), ("--remote-write.client-tls-skip-verify", 35),
        ("--receive.split-tenant-label-name=team", 35), ("--receive.forward.async-workers=50", 35),
        ("--remote-write.server-tls-min-version=1.3", 37),
        ("--receive.replication-protocol=protobuf", 37),
        ("--receive.capnproto-address=0.0.0.0:19391", 37),
        ("--receive.grpc-service-config={}", 38), ("--receive.otlp-enable-target-info", 38),
        ("--receive.otlp-promote-resource-attributes=a", 38), ("--matcher-cache-size=1", 38),
        ("--tsdb.head.expanded-postings-cache-size=1MB", 38),
        ("--tsdb.block.expanded-postings-cache-size=1MB", 38),
        ("--shipper.skip-corrupted-blocks", 39),
        ("--receive.lazy-retrieval-max-buffered-responses=20", 39),
        ("--shipper.upload-concurrency=1", 41), ("--receive.artificial-max-delay=1s", 41),
        ("--remote-write.client-tls-min-version=1.3", 42),
        ("--remote-write.server-tls-ciphers=x", 42), ("--remote-write.server-tls-curves=x", 42),
        ("--grpc-server-tls-ciphers=x", 42), ("--grpc-server-tls-curves=x", 42),
    ].map { argument, first in
        VersionBound(
            fact: "\(argument) is known", check: "receive-flag-rejected",
            releases: ("v0.\(first - 1).0", "v0.\(first).0"),
            says: (before: "is unknown to v0.\(first - 1).0: it came with v0.\(first)", after: nil),
            evidence: receiver(argument))
    }

    private static func gone(_ flag: String, last: Int) -> VersionBound {
        VersionBound(
            fact: "\(flag) is gone", check: "receive-flag-rejected",
            releases: ("v0.\(last).0", "v0.\(last + 1).0"),
            says: (
                before: nil, after: "is unknown to v0.\(last + 1).0: it went with v0.\(last + 1)"
            ), evidence: receiver(flag))
    }
}
