import Diagnosis

extension Check {
    static let unevenDistributionExamples: [Example] = [
        .triggers(
            "three copies on three nodes, and one holds half",
            receiver(factor: 3, mark: mark) + pods([20000, 19900, 9800])),
        .triggers(
            "one node holds most", receiver(factor: 1, mark: mark) + pods([50000, 9000, 8000])),
        .passes("all hold the same", receiver(factor: 3) + pods([20000, 19900, 20100])),
        .passes("a little lumpy", receiver(factor: 1) + pods([20000, 24000, 17000])),
        .passes("hardly any series", receiver(factor: 1) + pods([500, 10, 10])),
        .passes(
            "a pod that started an hour ago",
            receiver(factor: 3) + pods([20000, 19900, 9800], start: "2026-11-22T11:00:00Z")),
        .passes("one node was not asked", receiver(factor: 3) + pods([20000, 9800])),
    ]

    private static let mark = " # <-- finding"

    private static func receiver(factor: Int, mark: String = "") -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 3
          serviceName: receiver
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=\(factor)
                    - --receive.hashrings-file=/etc/rings/rings.json
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            [{"hashring": "default",\(mark)
              "endpoints": ["receiver-0.receiver:10901", "receiver-1.receiver:10901",
                            "receiver-2.receiver:10901"]}]
        """
    }

    private static func pods(_ series: [Int], start: String = "2026-11-20T11:00:00Z") -> String {
        let pods = series.indices.map { number in
            """

            ---
            \(PodExample.named("receiver-\(number)"))
            status: {startTime: "\(start)", conditions: [{type: Ready, status: "True"}]}
            """
        }
        let pages = series.enumerated().map { number, count in
            """

            -- metrics/monitoring/receiver-\(number).txt --
            prometheus_tsdb_head_series{tenant="default-tenant"} \(count)
            """
        }
        return pods.joined() + pages.joined() + "\n-- now.txt --\n1795348800"
    }
}
