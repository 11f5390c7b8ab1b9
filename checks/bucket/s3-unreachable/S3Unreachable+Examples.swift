import Diagnosis

extension Check {
    static let s3UnreachableExamples: [Example] = [
        .triggers(
            "a Store Gateway alone",
            StorageExample.receiver(
                more: StorageExample.gateway(
                    "Get \\\"https://s3/\\\": dial tcp 127.0.0.1:443: connect: connection refused",
                    mark: " # <-- finding"))),
        .triggers(
            "connections are refused",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40",
                    #"upload: check exists: stat s3 object: Head \"http://10.0.0.9:9000/t/m\": "#
                        + "dial tcp 10.0.0.9:9000: connect: connection refused"))),
        .triggers(
            "an hour ago, and nothing since: a warning",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "10:30:00", "upload: check exists: stat s3 object: dial tcp: i/o timeout"))),
        .triggers(
            "it does not answer from here: a hint",
            StorageExample.receiver(
                mark: " # <-- finding", more: "-- bucket.txt --\nfailed timedOut no answer")),
        .triggers("a Service that does not exist", service("minio", port: 9000, mark: true)),
        .triggers("a port that the Service lacks", service("storage", port: 9000, mark: true)),
        .passes("the Service and its port", service("storage", port: 9090)),
        .passes("a name outside of the cluster", service("s3.example", port: 9000)),
        .passes("a namespace that was not listed", service("minio.minio.svc", port: 9000)),
        .passes(
            "it answers again since",
            StorageExample.receiver(
                log: StorageExample.failure("11:50:00", "upload: connection refused") + "\n"
                    + "ts=2026-11-20T11:57:01Z level=info msg=\"upload new block\" id=01M817")),
    ]

    private static func service(_ host: String, port: Int, mark: Bool = false) -> String {
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
                  args: [receive, --objstore.config-file=/etc/thanos/objstore.yaml]
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, configMap: {name: objstore}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: storage, namespace: monitoring}
        spec: {clusterIP: 10.96.0.9, ports: [{port: 9090}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: objstore, namespace: monitoring}
        data:
          objstore.yaml: |
            type: S3
            config:
              bucket: thanos-metrics
              endpoint: \(host):\(port)\(mark ? " # <-- finding" : "")
        """
    }
}
