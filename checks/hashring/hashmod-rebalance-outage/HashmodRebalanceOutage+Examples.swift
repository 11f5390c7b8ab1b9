import Diagnosis

extension Check {
    static let hashmodRebalanceOutageExamples: [Example] = [
        .triggers(
            "the default", receiver(mark: " # <-- finding")),
        .triggers(
            "stated", receiver(["--receive.hashrings-algorithm=hashmod # <-- finding"])),
        .triggers(
            "stated in the ring",
            receiver(
                ["--receive.hashrings-algorithm=ketama"],
                ring: #"{"algorithm": "hashmod", "endpoints": ["a:1", "b:1"]}"#
                    + " # <-- finding")),
        .triggers(
            "in a cluster", receiver(file: "cluster/receiver.yaml", mark: " # <-- finding")),
        .passes("ketama", receiver(["--receive.hashrings-algorithm=ketama"])),
        .triggers(
            "ketama in the ring, which is not asked for the flush",
            receiver(
                mark: " # <-- finding",
                ring: #"{"algorithm": "ketama", "endpoints": ["a:1", "b:1"]}"#)),
        .passes(
            "ketama in both",
            receiver(
                ["--receive.hashrings-algorithm=ketama"],
                ring: #"{"algorithm": "ketama", "endpoints": ["a:1", "b:1"]}"#)),
        .passes("one node", receiver(ring: #"{"endpoints": ["a:1"]}"#)),
        .passes("a router, which has nothing to flush", receiver(endpoint: "--log.level=info")),
    ]

    private static func receiver(
        _ more: [String] = [], file: String = "receiver.yaml", mark: String = "",
        endpoint: String = "--receive.local-endpoint=a:1",
        ring: String = #"{"endpoints": ["a:1", "b:1"]}"#
    ) -> String {
        """
        -- \(file) --
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
                    - --receive.hashrings-file=/etc/rings/rings.json\(mark)
                    - \(([endpoint] + more).joined(separator: "\n            - "))
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            [
             \(ring)
            ]
        """
    }
}
