import Diagnosis

extension Check {
    static let peerTlsMismatchExamples: [Example] = [
        .triggers(
            "a server with TLS and a client without",
            bundle("- --grpc-server-tls-cert=/tls/tls.crt # <-- finding")),
        .triggers(
            "a client with TLS and a server without",
            bundle("- --remote-write.client-tls-secure # <-- finding", in: "cluster/")),
        .triggers(
            "an image of unknown version: not more than a hint",
            bundle("- --grpc-server-tls-cert=/tls/tls.crt # <-- finding", image: "latest")),
        .passes(
            "both with TLS",
            bundle(
                "- --grpc-server-tls-cert=/tls/tls.crt\n            "
                    + "- --remote-write.client-tls-secure")),
        .passes("neither with TLS", bundle("- --log.level=info")),
        .passes(
            "a single receiver forwards to nobody",
            bundle("- --grpc-server-tls-cert=/tls/tls.crt", replicas: 1)),
        .passes(
            "a version that knew no such flag",
            bundle("- --grpc-server-tls-cert=/tls/tls.crt", image: "v0.34.1")),
    ]

    private static func bundle(
        _ flag: String, image: String = "v0.37.2", replicas: Int = 3, in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: ring, namespace: monitoring}
        data:
          hashrings.json: |
            [{"endpoints": ["receiver-0.receiver.monitoring.svc.cluster.local:10901"]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {clusterIP: None, selector: {app: receiver}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:\(image)
                  args:
                    - receive
                    - --receive.hashrings-file=/etc/ring/hashrings.json
                    \(flag)
                  volumeMounts: [{name: ring, mountPath: /etc/ring}]
              volumes: [{name: ring, configMap: {name: ring}}]
        """
    }
}
