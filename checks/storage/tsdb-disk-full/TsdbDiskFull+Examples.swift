import Diagnosis

extension Check {
    static let tsdbDiskFullExamples: [Example] = [
        .triggers(
            "all writes fail, and the pod is ready",
            live(log: full("11:59:30"), mark: " # <-- finding")),
        .triggers(
            "the restart fails for lack of room",
            live(
                log: #"level=error err="open /data/a/wal/00000107: no space left on device""#,
                mark: " # <-- finding", ready: "False",
                state: "{waiting: {reason: CrashLoopBackOff}}")),
        .triggers(
            "a StorageClass that expands no claim",
            live(
                log: full("11:59:30"), mark: " # <-- finding",
                claim: "spec: {storageClassName: standard}"
            )
            .replacing("-- logs/", with: storageClass + "\n-- logs/")),
        .triggers(
            "an hour ago: a warning only", live(log: full("10:59:30"), mark: " # <-- finding")),
        .triggers(
            "a panic of the TSDB, and the pod is not ready since",
            live(
                log: "panic: write header: write /data/a/chunks_head/000067.tmp: "
                    + "no space left on device",
                mark: " # <-- finding", ready: "False")),
        .passes(
            "the volume of another receiver, of which this one only tells",
            live(
                log: #"ts=2026-11-20T11:59:30Z level=error err="forwarding request to endpoint "#
                    + #"{receiver-1:10901 receiver-1:19391 }: rpc error: code = Internal desc = "#
                    + #"write to WAL: write /data/a/wal/00000106: no space left on device""#)),
        .passes(
            "a node without inotify watches says it of a file that is to be watched",
            live(
                log: #"level=error err="no space left on device\nadding path /etc/rings/r.json "#
                    + #"to file watcher""#, ready: "False")),
        .passes("a log without trouble", live(log: "level=info msg=\"upload new block\"")),
        .triggers(
            "the TSDB takes nearly all of the claim",
            live(log: "", mark: " # <-- finding") + metrics(blocks: "18500000000")),
        .passes("there is room", live(log: "") + metrics(blocks: "9000000000")),
        .passes(
            "a local path whose size nobody enforces",
            live(log: "") + metrics(blocks: "90000000000")),
        .triggers("for ever", manifest("--tsdb.retention=0d # <-- finding")),
        .passes("a retention", manifest("--tsdb.retention=2d")),
        .passes("the default", manifest("--log.level=info")),
        .triggers(
            "a limit that the volume does not reach",
            manifest("--tsdb.max-retention-bytes=50GB # <-- finding")),
        .passes(
            "for ever, but bounded by size",
            manifest("--tsdb.max-retention-bytes=10GB\n            - --tsdb.retention=0d")),
    ]

    private static func full(_ time: String) -> String {
        #"ts=2026-11-20T\#(time)Z caller=handler.go:619 level=error component=receive "#
            + #"component=receive-handler err="commit samples: write to WAL: log samples: "#
            + #"write /data/a/wal/00000106: no space left on device" msg="internal server error""#
    }

    private static func metrics(blocks: String) -> String {
        """

        -- metrics/monitoring/receiver-0.txt --
        prometheus_tsdb_storage_blocks_bytes{tenant="a"} \(blocks)
        prometheus_tsdb_wal_storage_size_bytes{tenant="a"} 1.5e+09
        """
    }

    private static func manifest(_ argument: String) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --tsdb.path=/data
                    - --objstore.config-file=/etc/bucket.yaml
                    - \(argument)
                  volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {resources: {requests: {storage: 20Gi}}}
        """
    }

    private static let storageClass = """
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: standard}
        provisioner: example.com/disk
        """

    private static func live(
        log: String, mark: String = "", ready: String = "True", state: String = "{running: {}}",
        claim: String = "spec: {}"
    ) -> String {
        """
        -- now.txt --
        1795176000
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --tsdb.path=/data\(mark)
                  volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates: [{metadata: {name: data}}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-receiver-0, namespace: monitoring}
        \(claim)
        status: {phase: Bound, capacity: {storage: 20Gi}}
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses: [{name: receive, restartCount: 1, state: \(state)}]
        -- logs/monitoring/receiver-0/receive.log --
        \(log)
        """
    }
}
