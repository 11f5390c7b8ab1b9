/// What a release makes of the directory of its TSDB, and what it says of it.
extension VersionBound {
    static let storage = [
        VersionBound(
            fact: "lost+found is no tenant",
            check: "tsdb-permission-denied", releases: ("v0.41.0", "v0.42.0"),
            says: (before: "v0.41.0 opens its lost+found as a tenant", after: nil),
            evidence: receiver(
                "--tsdb.path=/data", pod: "{runAsUser: 1001}",
                container: "volumeMounts: [{name: data, mountPath: /data}]")),
        VersionBound(
            fact: "a router makes no directory",
            check: "tsdb-permission-denied", releases: ("v0.41.0", "v0.42.0"),
            says: (before: "v0.41.0 makes a directory in ./data", after: nil),
            evidence: receiver(
                #"--receive.hashrings=[{"endpoints":["a:1"]}]"#,
                container: "securityContext: {readOnlyRootFilesystem: true}",
                kind: "Deployment")),
        VersionBound(
            fact: "a directory is made from within the one above",
            check: "tsdb-permission-denied", releases: ("v0.41.0", "v0.42.0"),
            says: (
                before: "mkdir /data/default-tenant: permission denied",
                after: "mkdirat default-tenant: permission denied"
            ), isWrongAnyway: true,
            evidence: { side in
                example("tsdb-permission-denied", "the run before the restart ended with mkdir")(
                    side
                ).replacing(
                    "mkdir /data/a:",
                    with: side.isAfter ? "mkdirat default-tenant:" : "mkdir /data/default-tenant:")
            }),
        VersionBound(
            fact: "the image's user is not root",
            check: "missing-fsgroup", releases: ("v0.31.0", "v0.32.0"),
            says: (before: nil, after: "the pod has no fsGroup"),
            evidence: example(
                "missing-fsgroup", "a persistent TSDB and no securityContext")),
    ]
}
