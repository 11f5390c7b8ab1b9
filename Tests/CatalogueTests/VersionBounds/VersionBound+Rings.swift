/// What a release makes of a hashring, and of a factor without one.
extension VersionBound {
    static let rings =
        patterns + [
            VersionBound(
                fact: "zones exist, and need ketama",
                check: "hashring-json-invalid", releases: ("v0.31.0", "v0.32.0"),
                says: (before: nil, after: "does not support AZ"),
                evidence: ring(#"{"endpoints":[{"address":"a:1","az":"a"}]}"#)),
            VersionBound(
                fact: "a ring has an algorithm of its own",
                check: "hashring-json-invalid", releases: ("v0.30.0", "v0.31.0"),
                says: (before: nil, after: "no algorithm ketema"), isWrongAnyway: true,
                evidence: ring(#"{"algorithm":"ketema","endpoints":["a:1"]}"#)),
            VersionBound(
                fact: "tenants are matched by a type",
                check: "hashring-json-invalid", releases: ("v0.34.1", "v0.35.0"),
                says: (before: nil, after: "neither exact nor glob"),
                evidence: ring(
                    #"{"tenants":["a"],"tenant_matcher_type":"regex","endpoints":["a:1"]}"#)),
            VersionBound(
                fact: "shuffle sharding exists, and needs ketama",
                check: "hashring-json-invalid", releases: ("v0.38.0", "v0.39.0"),
                says: (before: nil, after: "does not support shuffle sharding"),
                evidence: ring(
                    #"{"endpoints":["a:1"],"shuffle_sharding_config":{"shard_size":1}}"#)),
            VersionBound(
                fact: "the hash of the hashring file is one of SHA-256",
                check: "hashring-stale-config", releases: ("v0.40.1", "v0.41.0"),
                says: (
                    before: "this text gives 202657147259864\n",
                    after: "this text gives 259544005537314\n"
                ), isWrongAnyway: true,
                evidence: example("hashring-stale-config", "one pod runs with an older file")),
            VersionBound(
                fact: "two copies need one that is written",
                check: "replication-quorum-lost", releases: ("v0.36.1", "v0.37.0"),
                says: (before: "a write needs 2 of 2 copies", after: nil), isWrongAnyway: true,
                evidence: example("replication-quorum-lost", "two copies before v0.37 need both")),
            VersionBound(
                fact: "a node knows itself by its address of Cap'n Proto",
                check: "local-endpoint-wrong", releases: ("v0.36.1", "v0.37.0"),
                says: (before: "calls itself", after: nil),
                evidence: example("local-endpoint-wrong", "the address of Cap'n Proto")),
            VersionBound(
                fact: "a receiver without a hashring fails on copies",
                check: "replication-factor-exceeds-endpoints", releases: ("v0.41.0", "v0.42.0"),
                says: (before: "insufficient nodes", after: nil),
                evidence: receiver("--receive.replication-factor=3")),
            VersionBound(
                fact: "a receiver without a hashring writes no copies",
                check: "hashring-file-not-mounted", releases: ("v0.41.0", "v0.42.0"),
                says: (before: nil, after: "has no effect without a hashring"),
                evidence: receiver("--receive.replication-factor=3")),
            VersionBound(
                fact: "what a router forwards stands in a new field",
                check: "rw-protobuf-v2-unsupported", releases: ("v0.42.4", "v0.43.0"),
                says: (before: "nothing is stored", after: nil),
                evidence: { side in
                    // The ingestor alone is of the side's release; the router is a new one.
                    example("rw-protobuf-v2-unsupported", "ingestors first")(
                        Side(tag: ":v0.43.0", isAfter: true)
                    ).replacing(
                        "v0.43.0\n          args: [receive]\n",
                        with: "\(side.tag.dropFirst())\n          args: [receive]\n")
                }),
        ]

    /// Patterns of tenants: names at first, then matched by chance, at last as they are meant.
    private static let patterns = [
        VersionBound(
            fact: "patterns are more than names",
            check: "hashring-no-matching-tenant", releases: ("v0.34.1", "v0.35.0"),
            says: (before: "takes these patterns for names", after: nil),
            evidence: ring(
                #"{"tenants":["team-*"],"tenant_matcher_type":"glob","endpoints":["a:1"]}"#)),
        VersionBound(
            fact: "several patterns are all looked at",
            check: "hashring-no-matching-tenant", releases: ("v0.37.2", "v0.38.0"),
            says: (before: "in random order", after: nil), evidence: ring(twoPatterns)),
        VersionBound(
            fact: "several patterns are looked at in random order",
            check: "hashring-no-matching-tenant", releases: ("v0.34.1", "v0.35.0"),
            says: (before: "takes these patterns for names", after: "in random order"),
            evidence: ring(twoPatterns)),
        VersionBound(
            fact: "a tenant that matches is taken",
            check: "hashring-no-matching-tenant", releases: ("v0.34.1", "v0.35.0"),
            says: (before: "tenant team-a is in no hashring", after: nil), isWrongAnyway: true,
            evidence: example("hashring-no-matching-tenant", "a pattern takes the tenant")),
    ]

    private static let twoPatterns =
        #"{"tenants":["team-*","edge-*"],"tenant_matcher_type":"glob","endpoints":["a:1"]}"#
}
