/// Bundles about receivers and their bucket, for the examples of several checks.
enum StorageExample {
    /// 2026-11-20T12:00:00Z.
    static let now = "-- now.txt --\n1795176000\n"

    /// A receiver that runs since long, with the last lines of its log.
    static func receiver(mark: String = "", log: String = "", more: String = "") -> String {
        """
        \(now)-- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  args:
                    - receive
                    - --label=receive_replica="$(NAME)"
                    - --objstore.config-file=/etc/thanos/objstore.yaml\(mark)
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, secret: {secretName: thanos-objstore}}]
        ---
        \(PodExample.named("receiver-0"))
        status:
          startTime: "2026-11-18T12:00:00Z"
          conditions: [{type: Ready, status: "True"}]
        -- logs/monitoring/receiver-0/receive.log --
        \(log)
        \(more)
        """
    }

    /// A Store Gateway with keys of its own, and what it wrote at 11:58 of reading the bucket.
    static func gateway(_ error: String, then last: String = "", mark: String = "") -> String {
        """
        -- cluster/store.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: store, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: store\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [store, --objstore.config-file=/etc/thanos/objstore.yaml]
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, secret: {secretName: reader}}]
        ---
        \(PodExample.named("store-0"))
        -- logs/monitoring/store-0/store.log --
        ts=2026-11-20T11:58:00Z caller=store.go:452 level=warn msg="syncing blocks failed" \
        err="BaseFetcher: iter bucket: \(error)"
        \(last)

        """
    }

    /// What the uploader writes when it fails, v0.37 to v0.41.
    static func failure(_ time: String, _ error: String) -> String {
        "ts=2026-11-20T\(time)Z caller=receive.go:636 level=warn component=receive "
            + "component=uploader msg=\"recurring upload failed\" err=\"\(error)\""
    }

    /// A receiver whose bucket is configured in a ConfigMap, as manifests have it.
    static func configured(_ configuration: String, environment: String = "") -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          selector: {}
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --objstore.config-file=/etc/thanos/objstore.yaml]
                  volumeMounts: [{name: objstore, mountPath: /etc/thanos}]
              volumes: [{name: objstore, configMap: {name: objstore}}]
        -- objstore.yaml --
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: objstore, namespace: monitoring}
        data:
          objstore.yaml: |
        \(configuration.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        """
    }
}
