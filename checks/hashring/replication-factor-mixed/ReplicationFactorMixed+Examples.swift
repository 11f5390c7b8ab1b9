import Diagnosis

extension Check {
    static let replicationFactorMixedExamples: [Example] = [
        .triggers(
            "two StatefulSets of one ring",
            "-- receivers.yaml --" + receiver("east", factor: 3)
                + receiver("west", factor: 1, mark: mark) + rings),
        .triggers(
            "a router sends more copies than its ingestors take",
            "-- receivers.yaml --" + receiver("east", factor: 1, mark: mark)
                + receiver("west", factor: 1) + rings + receiver("router", factor: 3, local: false)
        ),
        .triggers(
            "a change that is half rolled out",
            "-- cluster/receivers.yaml --" + receiver("east", factor: 3, mark: mark)
                + receiver("west", factor: 3) + rings + pod(0) + pod(1)
                + page(0, factor: 3) + page(1, factor: 1)),
        .passes(
            "the same everywhere",
            "-- receivers.yaml --" + receiver("east", factor: 3) + receiver("west", factor: 3)
                + rings),
        .passes(
            "ingestors without a ring",
            "-- receivers.yaml --" + receiver("router", factor: 3, local: false)
                + receiver("east", factor: 1, ring: false)
                + receiver("west", factor: 1, ring: false)
                + rings),
        .passes(
            "pods that agree",
            "-- cluster/receivers.yaml --" + receiver("east", factor: 3)
                + receiver("west", factor: 3) + rings + pod(0) + pod(1)
                + page(0, factor: 3) + page(1, factor: 3)),
        .passes(
            "a router that sends fewer copies",
            "-- receivers.yaml --" + receiver("east", factor: 3) + receiver("west", factor: 3)
                + receiver("lab", factor: 1) + rings),
    ]

    private static let mark = " # <-- finding"

    private static func receiver(
        _ name: String, factor: Int, mark: String = "", local: Bool = true, ring: Bool = true
    ) -> String {
        """

        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: \(name), namespace: monitoring}
        spec:
          serviceName: \(name)
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - \(ring ? "--receive.hashrings-file=/etc/rings/rings.json" : "--log.level=info")
                    - \(local ? "--receive.local-endpoint=x:1" : "--log.format=logfmt")
                    - --receive.replication-factor=\(factor)\(mark)
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        """
    }

    private static let rings = """

        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            [{"endpoints": ["east-0.east.monitoring:10901", "west-0.west.monitoring:10901"]}]
        """

    private static func pod(_ number: Int) -> String {
        """

        ---
        \(PodExample.named("east-\(number)"))
        """
    }

    private static func page(_ number: Int, factor: Int) -> String {
        """

        -- metrics/monitoring/east-\(number).txt --
        thanos_receive_replication_factor \(factor)
        """
    }
}
