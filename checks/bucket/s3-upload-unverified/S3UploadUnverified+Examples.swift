import Diagnosis

extension Check {
    static let s3UploadUnverifiedExamples: [Example] = [
        .triggers(
            "the bucket does not exist",
            receiver(
                mark: " # <-- finding",
                log: """
                    \(line("11:57:01", "upload new block", "id=01M817KTNA2STY54HSN6D1BZBN"))
                    \(line("11:57:02", "upload failed", #"err="upload: no such bucket.""#))
                    """)),
        .triggers(
            "an old failure that nothing follows: a warning",
            receiver(
                mark: " # <-- finding",
                log: line("09:00:00", "the final upload failed", #"err="Access Denied.""#))),
        .passes(
            "it works again since",
            receiver(
                log: """
                    \(line("11:50:00", "recurring upload failed", #"err="connection refused""#))
                    \(line("11:57:01", "upload new block", "id=01M817KTNA2STY54HSN6D1BZBN"))
                    """)),
        .passes(
            "no block is due yet",
            receiver(log: line("11:57:01", "initial sync done", "component=uploader"))),
        .triggers(
            "two days without a block: a warning",
            StorageExample.receiver(
                mark: " # <-- finding", more: "-- bucket.txt --\n\(block(of: "receiver-9"))")),
        .triggers(
            "a young receiver: too early",
            StorageExample.receiver(mark: " # <-- finding", more: "-- bucket.txt --")
                .replacing("2026-11-18T12", with: "2026-11-20T11")),
        .triggers(
            "the probe cannot write",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: """
                    -- bucket.txt --
                    \(block(of: "receiver-0"))
                    probe put accessDenied Access Denied.
                    """)),
        .passes(
            "a block with its labels",
            StorageExample.receiver(more: "-- bucket.txt --\n\(block(of: "receiver-0"))")),
        .passes(
            "a probe that worked proves more than an empty bucket",
            StorageExample.receiver(more: "-- bucket.txt --\nprobe put\nprobe delete")),
        .triggers(
            "no object storage at all",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive # <-- finding
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --tsdb.path=/data]
            """),
        .triggers(
            "operations fail, and the log does not say why: a warning",
            receiver(mark: " # <-- finding", log: "level=info msg=ok")
                + operations(failed: 5, later: 7)),
        .passes(
            "operations failed once",
            receiver(log: "level=info msg=ok") + operations(failed: 5, later: 5)),
        .passes(
            "a router stores nothing",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: router, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --receive.hashrings-file=/etc/rings/rings.json]
            """),
    ]

    private static func operations(failed: Int, later: Int) -> String {
        let page = { (count: Int) in
            "thanos_objstore_bucket_operation_failures_total{bucket=\"b\",operation=\"upload\"} "
                + "\(count)"
        }
        return """

            -- metrics/monitoring/receiver-0.txt --
            \(page(failed))
            -- metrics/monitoring/receiver-0.later.txt --
            \(page(later))
            """
    }

    private static func block(of replica: String) -> String {
        "block 01M817KTNA2STY54HSN6D1BZBN 1795161600 1795168800 1795172500 "
            + "{\"receive_replica\":\"\(replica)\"}"
    }

    private static func line(_ time: String, _ message: String, _ rest: String) -> String {
        "ts=2026-11-20T\(time)Z level=info component=uploader msg=\"\(message)\" \(rest)"
    }

    private static func receiver(mark: String = "", log: String) -> String {
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
                    - --objstore.config-file=/etc/thanos/objstore.yaml\(mark)
        ---
        \(PodExample.named("receiver-0"))
        -- logs/monitoring/receiver-0/receive.log --
        \(log)
        """
    }
}
