import Diagnosis

extension Check {
    static let receiverWalCorruptExamples: [Example] = [
        .triggers(
            "it cannot open its TSDB",
            live(
                #"level=error err="unexpected checksum 3a8b0f21, expected 5f2d77c0\n"#
                    + #"repair corrupted WAL: cannot handle error\nopening storage""#,
                mark: " # <-- finding", state: "{waiting: {reason: CrashLoopBackOff}}")),
        .triggers(
            "a block without its meta.json stops the uploads",
            live(
                #"level=warn component=uploader msg="recurring upload failed" err="read metadata "#
                    + #"for block /data/a/01J: unexpected end of JSON input""#,
                mark: " # <-- finding", ready: "True")),
        .passes(
            "the uploads of that tenant have gone on since",
            live(
                #"level=warn component=uploader msg="recurring upload failed" err="read metadata "#
                    + #"for block /data/a/01J: unexpected end of JSON input""# + "\n"
                    + #"level=info tenant=a msg="upload new block" id=01K"#, ready: "True")),
        .passes(
            "a block that was moved away a day ago",
            live(
                #"ts=2026-11-19T12:00:00Z level=warn msg="recurring upload failed" err="read "#
                    + #"metadata for block /data/a/01J: unexpected end of JSON input""#,
                ready: "True")),
        .triggers(
            "a block that cannot be opened: its head is left alone",
            live(
                #"level=error err="invalid magic number 0\ncorrupted block 01J\nreloadBlocks\n"#
                    + #"opening storage""#,
                mark: " # <-- finding", state: "{waiting: {reason: CrashLoopBackOff}}")),
        .triggers(
            "it repaired its WAL: a warning only",
            live(
                #"level=warn component=multi-tsdb tenant=a msg="Encountered WAL read error, "#
                    + #"attempting repair" err="read records: corruption in segment "#
                    + #"/data/a/wal/00000003 at 32768: unexpected checksum 1, expected 2""#,
                mark: " # <-- finding", ready: "True")),
        .triggers(
            "the metrics count it",
            live("level=info msg=ok", mark: " # <-- finding", ready: "True")
                + """

                -- metrics/monitoring/receiver-0.txt --
                prometheus_tsdb_wal_corruptions_total{tenant="default-tenant"} 1
                prometheus_tsdb_mmap_chunk_corruptions_total{tenant="default-tenant"} 0
                """),
        .passes(
            "nothing is counted",
            live("level=info msg=ok", ready: "True")
                + """

                -- metrics/monitoring/receiver-0.txt --
                prometheus_tsdb_wal_corruptions_total{tenant="default-tenant"} 0
                prometheus_tsdb_mmap_chunk_corruptions_total{tenant="default-tenant"} 0
                """),
        .passes(
            "a disk without room is another fault",
            live(
                #"level=error err="write /data/a/wal/1: no space left on device\n"#
                    + #"repair corrupted WAL\nopening storage""#,
                state: "{waiting: {reason: CrashLoopBackOff}}")),
        .passes(
            "an upload that fails for another reason",
            live(
                #"level=warn msg="recurring upload failed" err="Access Denied.""#, ready: "True")),
        .passes(
            "a request that was damaged on its way",
            live(
                #"level=error component=receive-handler msg="snappy decode error" "#
                    + #"err="s2: corrupt input""#, ready: "True")),
    ]

    private static func live(
        _ line: String, mark: String = "", ready: String = "False",
        state: String = "{running: {}}"
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
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses: [{name: receive, restartCount: 2, state: \(state)}]
        -- logs/monitoring/receiver-0/receive.log --
        \(line)
        """
    }
}
