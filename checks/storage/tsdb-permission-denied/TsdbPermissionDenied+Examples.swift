import Diagnosis

extension Check {
    static let tsdbPermissionDeniedExamples: [Example] = [
        .triggers(
            "the run before the restart ended with mkdir",
            live(
                log: #"""
                    ts=2026-11-20T11:58:01Z caller=receive.go:139 level=info msg="running receive"
                    level=error err="mkdir /data/a: permission denied\ncreate dir"
                    """#, mark: " # <-- finding")),
        .triggers(
            "a copy that lost its closing quote",
            live(
                log: #"level=error err="open /data/default-tenant/wal/00000001: permission denied"#,
                mark: " # <-- finding")),
        .triggers(
            "JSON, and a directory that is opened first",
            live(
                log:
                    #"{"level":"error","err":"mkdirat default-tenant: permission denied\ncreate"}"#,
                mark: " # <-- finding")),
        .triggers(
            "fsGroup is stated, and looks at the root alone",
            live(
                log: #"level=error err="open /data/a/wal/00000001: permission denied""#,
                mark: " # <-- finding",
                context: "{fsGroup: 1001, fsGroupChangePolicy: OnRootMismatch}")),
        .triggers(
            "lost+found, which is taken for a tenant",
            live(
                log: #"level=error err="open /data/lost+found: permission denied""#,
                mark: " # <-- finding")),
        .passes(
            "another file is not the TSDB",
            live(
                log: #"level=error err="open /etc/objstore.yaml: permission denied\nread""#)),
        .passes(
            "a directory whose name only begins like it",
            live(log: #"level=error err="mkdir /database/default-tenant: permission denied""#)),
        .passes(
            "the container runs again since",
            live(
                log: #"level=error err="mkdir /data/default-tenant: permission denied""#,
                state: "{running: {startedAt: \"2026-11-20T11:59:00Z\"}}")),
        .passes(
            "the pod is ready now",
            live(
                log: #"level=error err="mkdir /data/default-tenant: permission denied""#,
                ready: "True", state: "{running: {}}")),
        .triggers(
            "lost+found at the root of the volume",
            manifest(mountPath: "/data # <-- finding", image: "v0.37.2", context: "{}")),
        .passes(
            "the TSDB lies below the mount path",
            manifest(mountPath: "/", image: "v0.37.2", context: "{}")),
        .passes(
            "a release that leaves lost+found alone",
            manifest(mountPath: "/data", image: "v0.42.0", context: "{}")),
        .triggers(
            "a router that may write nowhere", router(mark: " # <-- finding")),
        .triggers(
            "the same of an unknown release: a hint",
            router(image: "@sha256:00", mark: " # <-- finding")),
        .passes("a router of a release that makes no directory", router(image: ":v0.42.0")),
        .passes("a router with an emptyDir", router(path: "/data")),
        .triggers(
            "a router's log: nothing can be written",
            live(
                log: #"level=error err="mkdir /data: read-only file system\ncreate""#,
                mark: " # <-- finding")),
        .passes(
            "a volume that belongs to the group",
            manifest(mountPath: "/data", image: "v0.37.2", context: "{fsGroup: 1001}")),
    ]

    private static func live(
        log: String, mark: String = "", ready: String = "False",
        state: String = "{waiting: {reason: CrashLoopBackOff}}", context: String = "{}"
    ) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext: \(context)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --tsdb.path=/data\(mark)
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses: [{name: receive, restartCount: 5, state: \(state)}]
        -- logs/monitoring/receiver-0/receive.previous.log --
        \(log)
        """
    }

    private static func router(
        image: String = ":v0.41.0", path: String = "/unused", mark: String = ""
    ) -> String {
        """
        -- router.yaml --
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: router, namespace: monitoring}
        spec:
          selector: {}
          template:
            spec:
              containers:
                - name: receive\(mark)
                  image: quay.io/thanos/thanos\(image)
                  workingDir: /data
                  args: [receive, '--receive.hashrings=[{"endpoints":["a:10901"]}]']
                  securityContext: {readOnlyRootFilesystem: true}
                  volumeMounts: [{name: scratch, mountPath: \(path)}]
              volumes: [{name: scratch, emptyDir: {}}]
        """
    }

    private static func manifest(mountPath: String, image: String, context: String) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext: \(context)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:\(image)
                  args: [receive, --tsdb.path=/data]
                  volumeMounts:
                    - name: data
                      mountPath: \(mountPath)
          volumeClaimTemplates: [{metadata: {name: data}}]
        """
    }
}
