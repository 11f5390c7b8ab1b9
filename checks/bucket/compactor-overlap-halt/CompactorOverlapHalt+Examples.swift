import Diagnosis

extension Check {
    static let compactorOverlapHaltExamples: [Example] = [
        .triggers(
            "it says so",
            compactor(
                mark: " # <-- finding",
                more: """
                    -- logs/monitoring/compactor-0/compact.log --
                    ts=2026-11-20T11:58:02.41Z caller=compact.go:527 level=error msg="critical \
                    error detected; halting" err="compaction: group 0@5679675083797525161: pre \
                    compaction overlap check: overlaps found while gathering blocks. [mint: \
                    1759996800000, maxt: 1760002785000, range: 1h39m45s, blocks: 2]"
                    """)),
        .triggers(
            "its metric says so",
            compactor(
                mark: " # <-- finding",
                more: "-- metrics/monitoring/compactor-0.txt --\nthanos_compact_halted 1")),
        .triggers(
            "two blocks with the same labels: a warning",
            compactor(mark: " # <-- finding", more: blocks("a", "a"))),
        .triggers("two replicas", compactor(replicas: "2 # <-- finding")),
        .triggers(
            "samples out of order",
            compactor(mark: " # <-- finding", more: receiver)),
        .triggers(
            "one in each of two clusters, on one bucket",
            bucketed("cluster/", "s3.example.com", mark: " # <-- finding")
                + bucketed("clusters/west/cluster/", "s3.example.com", mark: " # <-- finding")),
        .passes(
            "one in each of two clusters, each with a store of its own",
            bucketed("cluster/", "minio.storage.svc:9000")
                + bucketed("clusters/west/cluster/", "minio.storage.svc:9000")),
        .triggers(
            "three copies that nobody merges, for information",
            bucketed("cluster/", "s3.example.com", mark: " # <-- finding")
                + copied("cluster/", "s3.example.com")),
        .passes(
            "copies that are merged",
            bucketed(
                "cluster/", "s3.example.com", more: ", --deduplication.replica-label=replica")
                + copied("cluster/", "s3.example.com")),
        .passes(
            "it runs",
            compactor(
                more: "-- metrics/monitoring/compactor-0.txt --\nthanos_compact_halted 0")),
        .passes("blocks of two replicas", compactor(more: blocks("a", "b"))),
        .passes(
            "overlaps are merged",
            compactor(
                flags: "[compact, --wait, --deduplication.replica-label=replica, "
                    + "--objstore.config-file=/etc/thanos/objstore.yaml]",
                more: blocks("a", "a") + "\n" + receiver)),
        .passes(
            "replicas that share the blocks",
            compactor(
                flags:
                    "[compact, --selector.relabel-config=$(SHARD), --objstore.config=$(OBJSTORE)]",
                replicas: "2")),
    ]

    private static func bucketed(
        _ folder: String, _ endpoint: String, more: String = "", mark: String = ""
    ) -> String {
        """
        -- \(folder)compactor.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: compactor, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: compact\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [compact, --wait, '--objstore.config=\(store(endpoint))'\(more)]

        """
    }

    private static func copied(_ folder: String, _ endpoint: String) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 3
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=3
                    - '--objstore.config=\(store(endpoint))'

        """
    }

    private static func store(_ endpoint: String) -> String {
        "{type: S3, config: {bucket: metrics, endpoint: \"\(endpoint)\"}}"
    }

    private static func compactor(
        mark: String = "",
        flags: String = "[compact, --wait, --objstore.config-file=/etc/thanos/objstore.yaml]",
        replicas: String = "1", more: String = ""
    ) -> String {
        """
        -- cluster/compactor.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: compactor, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            spec:
              containers:
                - name: compact\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args: \(flags)
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, secret: {secretName: thanos-objstore}}]
        ---
        \(PodExample.named("compactor-0"))
        \(more)
        """
    }

    private static func blocks(_ first: String, _ second: String) -> String {
        """
        -- bucket.txt --
        block 01M817KTNA2STY54HSN6D1BZBN 1795161600 1795168800 1795172500 {"replica":"\(first)"}
        block 01M817KTNA2STY54HSN6D1BZBP 1795161600 1795168800 1795172501 {"replica":"\(second)"}
        """
    }

    private static let receiver = """
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
                    - --tsdb.out-of-order.time-window=30m
                    - --objstore.config-file=/etc/thanos/objstore.yaml
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, secret: {secretName: thanos-objstore}}]
        """
}
