import Diagnosis

extension Check {
    static let objstoreSecretExposedExamples: [Example] = [
        .triggers("keys in a ConfigMap", file("ConfigMap", "data", mark: " # <-- finding")),
        .triggers(
            "keys in the arguments, live",
            """
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
                        - "--objstore.config={type: S3, config: {bucket: b, secret_key: abc}}" # <-- finding
            """),
        .triggers(
            "keys in the manifest of a Secret: for information",
            file("Secret", "stringData", mark: " # <-- finding")),
        .triggers("keys in the environment", environment("value: abc # <-- finding")),
        .passes(
            "keys in a Secret of the cluster",
            file("Secret", "stringData").replacing("-- receiver", with: "-- cluster/receiver")),
        .passes(
            "a Secret that is encrypted",
            file("Secret", "stringData").replacing("stringData:", with: "sops: {}\nstringData:")),
        .passes(
            "the environment takes them from a Secret",
            environment("valueFrom: {secretKeyRef: {name: s3, key: secret}}")),
        .passes("no keys at all", file("ConfigMap", "data", key: "region: eu-central-1")),
        .passes(
            "a place that a tool fills",
            file("ConfigMap", "data", key: "secret_key: ${S3_SECRET}")),
    ]

    private static func environment(_ value: String) -> String {
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
                  args: [receive]
                  env:
                    - name: AWS_SECRET_ACCESS_KEY
                      \(value)
        """
    }

    private static func file(
        _ kind: String, _ section: String, key: String = "secret_key: abc", mark: String = ""
    ) -> String {
        let volume =
            kind == "Secret" ? "secret: {secretName: store}" : "configMap: {name: store}"
        return """
            -- receiver.yaml --
            apiVersion: v1
            kind: \(kind)
            metadata: {name: store, namespace: monitoring}
            \(section):
              s3.yaml: |
                type: S3
                config:
                  bucket: metrics
                  \(key)\(mark)
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --objstore.config-file=/etc/store/s3.yaml]
                      volumeMounts: [{name: store, mountPath: /etc/store}]
                  volumes: [{name: store, \(volume)}]
            """
    }
}
