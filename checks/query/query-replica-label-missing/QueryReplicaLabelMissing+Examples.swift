import Diagnosis

extension Check {
    static let queryReplicaLabelMissingExamples: [Example] = [
        .triggers("no label", QueryExample.query(endpoint, mark: true)),
        .triggers(
            "routers alone know the replication factor",
            QueryExample.query(endpoint, mark: true, more: router)
                .replacing(
                    "--receive.replication-factor=3\n            - --receive.local",
                    with: "--receive.local")),
        .triggers(
            "another label",
            QueryExample.query(endpoint, "--query.replica-label=replica # <-- finding")),
        .triggers(
            "as many series merged as not",
            QueryExample.query(
                endpoint, "--query.replica-label=receive_replica",
                more: "-- query/counts.txt --\n300 300\n\(stores)")),
        .passes(
            "the receivers' label among others",
            QueryExample.query(
                endpoint, "--query.replica-label=replica",
                "--query.replica-label=receive_replica")),
        .passes(
            "a third of the series",
            QueryExample.query(
                endpoint, "--query.replica-label=receive_replica",
                more: "-- query/counts.txt --\n100 300\n\(stores)")),
        .passes("one receiver", QueryExample.query(endpoint, replicas: 1)),
        .passes("a Query that asks others", QueryExample.query("--endpoint=prometheus:10901")),
        .passes(
            "receivers without a label of their own: another fault",
            QueryExample.query(endpoint, labels: #"--label=receive="true""#)),
    ]

    private static let router = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: router, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=3
                    - --receive.hashrings-file=/etc/rings/rings.json
        """

    private static let endpoint = "--endpoint=dnssrv+_grpc._tcp.receiver-headless.monitoring.svc"

    private static let stores = """
        -- query/stores.json --
        {"data": {"receive": [{"name": "10.0.0.1:10901"}, {"name": "10.0.0.2:10901"}]}}
        """
}
