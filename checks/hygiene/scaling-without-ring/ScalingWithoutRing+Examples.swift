import Diagnosis

extension Check {
    static let scalingWithoutRingExamples: [Example] = [
        .triggers(
            "an autoscaler, a static hashring", receivers() + autoscaler(mark: " # <-- finding")),
        .triggers(
            "KEDA and a static hashring, live",
            receivers(in: "cluster/") + scaledObject("StatefulSet", mark: " # <-- finding")
                + autoscaler(owner: "{kind: ScaledObject, name: receiver, controller: true}")),
        .triggers(
            "claims that go with their receivers",
            receivers(policy: "whenScaled: Delete # <-- finding")),
        .triggers(
            "claims of receivers that are no more: for information",
            receivers(in: "cluster/") + claim("data-receiver-1")
                + claim("data-receiver-2", mark: " # <-- finding")),
        .passes("a static hashring and static replicas", receivers()),
        .passes(
            "the controller follows the autoscaler",
            receivers(in: "cluster/") + autoscaler() + controller),
        .passes(
            "an operator owns the hashring",
            receivers(in: "cluster/", owner: "{kind: ThanosReceive, name: a, controller: true}")
                + autoscaler()),
        .passes("an autoscaler that cannot scale", receivers() + autoscaler(most: 2)),
        .passes("an autoscaler of the routers", receivers() + autoscaler("Deployment")),
        .passes("KEDA scales a Deployment by default", receivers() + scaledObject(nil)),
        .passes(
            "no hashring, each for itself", receivers(flag: "--tsdb.retention=1d") + autoscaler()),
        .passes("claims that stay", receivers(policy: "whenScaled: Retain")),
        .passes(
            "the claim of a receiver that the hashring lists still",
            receivers(in: "cluster/", more: ", \"receiver-2.receiver.monitoring:10901\"")
                + claim("data-receiver-2")),
        .passes(
            "claims of the receivers and of others",
            receivers(in: "cluster/") + claim("data-receiver-0") + claim("data-receiver-1")
                + claim("data-receiver-eu-4") + claim("cache-receiver-7")),
    ]

    private static func receivers(
        in folder: String = "", policy: String = "whenDeleted: Retain", owner: String = "",
        flag: String = "--receive.hashrings-file=/etc/rings/rings.json", more: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 2
          serviceName: receiver
          persistentVolumeClaimRetentionPolicy:
            \(policy)
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --tsdb.path=/data
                    - --receive.local-endpoint=$(NAME).receiver.monitoring:10901
                    - \(flag)
                  volumeMounts:
                    - {name: rings, mountPath: /etc/rings}
                    - {name: data, mountPath: /data}
              volumes: [{name: rings, configMap: {name: rings}}]
          volumeClaimTemplates: [{metadata: {name: data}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring, ownerReferences: [\(owner)]}
        data:
          rings.json: |
            [{"endpoints": [
              "receiver-0.receiver.monitoring:10901", "receiver-1.receiver.monitoring:10901"\(more)
            ]}]

        """
    }

    private static func autoscaler(
        _ kind: String = "StatefulSet", most: Int = 6, owner: String = "", mark: String = ""
    ) -> String {
        """
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: receiver, namespace: monitoring, ownerReferences: [\(owner)]}
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: \(kind)
            name: receiver\(mark)
          minReplicas: 2
          maxReplicas: \(most)

        """
    }

    private static func scaledObject(_ kind: String?, mark: String = "") -> String {
        """
        ---
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: receiver, namespace: monitoring}
        spec:
          scaleTargetRef:
            \(kind.map { "kind: \($0)" } ?? "apiVersion: apps/v1")
            name: receiver\(mark)

        """
    }

    private static func claim(_ name: String, mark: String = "") -> String {
        """
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: \(name)\(mark)
          namespace: monitoring

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
}
