import Diagnosis

extension Check {
    static let objstoreConfigInvalidExamples: [Example] = [
        .triggers(
            "a scheme in the endpoint",
            StorageExample.configured(
                """
                type: S3
                config:
                  bucket: thanos-metrics
                  endpoint: https://s3.example:9000 # <-- finding
                """)),
        .triggers(
            "a field beside the right ones",
            StorageExample.configured(
                """
                type: S3
                config:
                  bucketname: thanos-metrics # <-- finding
                  bucket: thanos-metrics
                  endpoint: s3.example:9000
                """)),
        .triggers(
            "indentation lost",
            StorageExample.configured(
                """
                type: S3
                config: # <-- finding
                bucket: thanos-metrics # <-- finding
                endpoint: s3.example:9000 # <-- finding
                """)),
        .triggers(
            "half a key pair and an empty bucket",
            StorageExample.configured(
                """
                type: s3
                config:
                  bucket: "" # <-- finding
                  endpoint: s3.example:9000
                  access_key: thanos # <-- finding
                  insecure: "true" # <-- finding
                """)),
        .triggers("a type of one's own", StorageExample.configured("type: MINIO # <-- finding")),
        .triggers("nothing is mounted", receiver(mark: " # <-- finding", mount: "/elsewhere")),
        .triggers(
            "the Secret calls it otherwise",
            receiver(mark: " # <-- finding", key: "thanos.yaml")),
        .triggers(
            "a receiver says so at its end",
            live(
                mark: " # <-- finding",
                error: "yaml: unmarshal errors:\\n  line 1: field "
                    + "bucketname not found in type s3.Config\\ncreate S3 client")),
        .triggers(
            "a Store Gateway without a bucket",
            receiver(key: "objstore.yaml") + """

                -- store.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: store, namespace: monitoring}
                spec:
                  template:
                    spec:
                      containers:
                        - name: store # <-- finding
                          image: quay.io/thanos/thanos:v0.37.2
                          args: [store, --data-dir=/data]
                """),
        .passes(
            "MinIO over plain HTTP",
            StorageExample.configured(
                """
                type: S3
                prefix: receivers
                config:
                  bucket: thanos-metrics
                  endpoint: minio.minio.svc:9000
                  access_key: $(ACCESS_KEY)
                  secret_key: $(SECRET_KEY)
                  insecure: true
                  http_config: {idle_conn_timeout: 1m, tls_config: {ca_file: /certs/ca.crt}}
                """)),
        .passes(
            "another kind of bucket",
            StorageExample.configured("type: GCS\nconfig:\n  bucket: thanos-metrics")),
        .passes("a Secret that holds it", receiver(key: "objstore.yaml")),
        .passes("a Secret from elsewhere", receiver(key: "objstore.yaml", name: "other")),
        .passes(
            "an encrypted Secret", receiver(key: "objstore.yaml", value: "ENC[AES256_GCM,data:x]")),
        .passes("other errors", live(error: "opening storage: unexpected end of file")),
    ]

    private static func receiver(
        mark: String = "", mount: String = "/etc/thanos", key: String = "objstore.yaml",
        name: String = "objstore",
        value: String = #""type: S3\nconfig: {bucket: metrics, endpoint: \"s3.example:9000\"}""#
    ) -> String {
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
                    - --objstore.config-file=/etc/thanos/objstore.yaml\(mark)
                  volumeMounts: [{name: objstore, mountPath: \(mount)}]
              volumes: [{name: objstore, secret: {secretName: objstore}}]
        -- secret.yaml --
        apiVersion: v1
        kind: Secret
        metadata: {name: \(name), namespace: monitoring}
        stringData:
          \(key): \(value)
        """
    }

    private static func live(mark: String = "", error: String) -> String {
        StorageExample.receiver(
            mark: mark,
            log: """
                ts=2026-11-20T11:59:57Z level=info component=receive msg="loading bucket configuration"
                ts=2026-11-20T11:59:57Z caller=main.go:159 level=error err="\(error)"
                """
        ).replacing(#"status: "True""#, with: #"status: "False""#)
    }
}
