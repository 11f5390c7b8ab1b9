import Diagnosis

extension Check {
    static let hashringReplicaCountMismatchExamples: [Example] = [
        .triggers(
            "an endpoint without a pod", receiver([0, 1, 2, 3], marked: 3)),
        .triggers(
            "a pod that no hashring lists",
            receiver([0, 1, 2], replicas: "replicas: 4 # <-- finding")),
        .triggers("a pod that is listed twice", receiver([0, 1, 2, 1], marked: 3)),
        .triggers(
            "ordinals that begin at another number",
            receiver(
                [0, 1, 2, 3], replicas: "replicas: 3\n  ordinals: {start: 1}",
                marked: 0)),
        .triggers(
            "replicas that are not stated: a warning only",
            receiver([0, 1], replicas: "minReadySeconds: 1", marked: 1)),
        .triggers(
            "scaled by hand in the cluster",
            receiver([0, 1, 2], replicas: "replicas: 2", file: "cluster/receiver.yaml", marked: 2)),
        .triggers(
            "the controller writes the ring, and may follow",
            receiver([0, 1, 2, 3], file: "cluster/receiver.yaml", marked: 3) + controller),
        .passes("each pod once", receiver([0, 1, 2])),
        .passes(
            "ordinals that begin at another number, in the ring too",
            receiver([1, 2, 3], replicas: "replicas: 3\n  ordinals: {start: 1}")),
        .passes(
            "two rings share the pods",
            receiver(
                [0, 1, 2],
                more: """
                    ,
                          {"tenants": ["a"], "endpoints": ["receiver-0.receiver.monitoring:10901"]}
                    """)),
        .passes(
            "an endpoint by another name may be the missing pod",
            receiver(
                [0, 1],
                more: """
                    ,
                          {"tenants": ["a"], "endpoints": ["10.0.0.7:10901"]}
                    """)),
        .passes(
            "an autoscaler sets the replicas",
            receiver([0, 1, 2], replicas: "replicas: 1") + autoscaler),
        .passes(
            "an overlay sets the replicas",
            receiver([0, 1, 2], replicas: "replicas: 1") + """

                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {replicas: 3, template: {}}
                """),
    ]

    private static func receiver(
        _ ordinals: [Int], replicas: String = "replicas: 3", file: String = "receiver.yaml",
        marked: Int? = nil, more: String = ""
    ) -> String {
        let lines = ordinals.enumerated().map { index, ordinal in
            "\"receiver-\(ordinal).receiver.monitoring:10901\""
                + (index + 1 < ordinals.count ? "," : "")
                + (index == marked ? " # <-- finding" : "")
        }
        return """
            -- \(file) --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              \(replicas)
              serviceName: receiver
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args:
                        - receive
                        - --receive.replication-factor=3
                        - --receive.hashrings-file=/etc/rings/rings.json
                      volumeMounts: [{name: rings, mountPath: /etc/rings}]
                  volumes: [{name: rings, configMap: {name: rings}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rings, namespace: monitoring}
            data:
              rings.json: |
                [{"endpoints": [
                  \(lines.joined(separator: "\n      "))
                ]}\(more)]
            """
    }

    private static let controller = """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: controller, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - {name: controller, image: quay.io/observatorium/thanos-receive-controller}
        """

    private static let autoscaler = """

        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: receiver, namespace: monitoring}
        spec: {scaleTargetRef: {kind: StatefulSet, name: receiver}, minReplicas: 3}
        """
}
