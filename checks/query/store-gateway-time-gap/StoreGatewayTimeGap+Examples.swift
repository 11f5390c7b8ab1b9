import Diagnosis

extension Check {
    static let storeGatewayTimeGapExamples: [Example] = [
        .triggers("another bucket", all(store: "other", mark: true)),
        .triggers(
            "a limit that is longer than the receivers keep",
            all(limit: "\n            - --max-time=-24h # <-- finding")),
        .triggers(
            "two hours between them",
            all(more: stores(storeEnd: 1_795_140_000_000, receiverStart: 1_795_147_200_000))),
        .passes("one bucket", all()),
        .passes(
            "a limit below what the receivers keep", all(limit: "\n            - --max-time=-3h")),
        .passes(
            "another Store Gateway answers for what is younger",
            all(limit: "\n            - --max-time=-24h", more: younger)),
        .passes(
            "they overlap",
            all(more: stores(storeEnd: 1_795_168_800_000, receiverStart: 1_795_147_200_000))),
        .passes(
            "no Query and no Store Gateway here",
            StorageExample.receiver()),
    ]

    private static let younger = """
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: store-younger, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: store
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - store
                    - --min-time=-24h
                    - '--objstore.config={type: S3, config: {bucket: metrics, endpoint: s3}}'
        """

    private static func stores(storeEnd: Int, receiverStart: Int) -> String {
        """
        -- now.txt --
        1795176000
        -- query/stores.json --
        {"data": {
          "store": [{"name": "10.0.0.5:10901", "minTime": 1794000000000, "maxTime": \(storeEnd)}],
          "receive": [{"name": "10.0.0.1:10901", "minTime": \(receiverStart),
            "maxTime": 9223372036854775807}]}}
        """
    }

    private static func all(
        store bucket: String = "metrics", mark: Bool = false, limit: String = "", more: String = ""
    ) -> String {
        """
        -- cluster/all.yaml --
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
                    - --tsdb.retention=12h
                    - '--objstore.config={type: S3, config: {bucket: metrics, endpoint: s3}}'
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: store, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: store\(mark ? " # <-- finding" : "")
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - store
                    - '--objstore.config={type: S3, config: {bucket: \(bucket), endpoint: s3}}'\(limit)
        \(more)
        """
    }
}
