import Diagnosis

extension Check {
    static let controllerKetamaDeadlockExamples: [Example] = [
        .triggers(
            "only ready pods are listed: the next full outage does not end",
            controller(mark: " # <-- finding") + receiver()),
        .triggers(
            "nobody is ready, and the ring is empty",
            controller("cluster/controller.yaml", mark: " # <-- finding")
                + receiver("cluster/receiver.yaml") + generated + pod),
        .triggers(
            "a StatefulSet that the controller does not find",
            controller(ready: "false") + receiver(labels: "{app: a} # <-- finding")
                + "\n-- render.txt --"),
        .triggers(
            "a StatefulSet without the name of its ring",
            controller("cluster/controller.yaml", ready: "false")
                + receiver(
                    "cluster/receiver.yaml",
                    labels:
                        "{controller.receive.thanos.io: thanos-receive-controller} # <-- finding"
                )),
        .passes("hashmod waits for nobody", controller() + receiver(algorithm: "hashmod")),
        .passes("pods that are not ready are listed, too", controller(ready: "false") + receiver()),
        .passes(
            "only routers mount the ring",
            controller() + receiver(endpoint: "--log.level=info", kind: "Deployment")
                + "\n---\n"
                + set(map: "others", algorithm: "ketama", endpoint: "--log.level=info")),
        .passes("a ring that is written by hand", controller() + receiver(map: "rings")),
    ]

    private static func controller(
        _ file: String = "controller.yaml", ready: String = "true", mark: String = ""
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: controller, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: controller
                  image: quay.io/observatorium/thanos-receive-controller:main
                  args:
                    - --configmap-name=base
                    - --configmap-generated-name=generated
                    - --namespace=$(NAMESPACE)
                    - --allow-only-ready-replicas=\(ready)\(mark)
                  env: [{name: NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]

        """
    }

    private static let known =
        "{controller.receive.thanos.io: thanos-receive-controller, "
        + "controller.receive.thanos.io/hashring: default}"

    private static func receiver(
        _ file: String = "receiver.yaml", labels: String = known, algorithm: String = "ketama",
        endpoint: String = "--receive.local-endpoint=x:10901", kind: String = "StatefulSet",
        map: String = "generated"
    ) -> String {
        "-- \(file) --\n"
            + set(
                labels: labels, map: map, algorithm: algorithm, endpoint: endpoint, kind: kind)
    }

    private static func set(
        labels: String = known, map: String, algorithm: String, endpoint: String,
        kind: String = "StatefulSet"
    ) -> String {
        """
        apiVersion: apps/v1
        kind: \(kind)
        metadata:
          name: receiver
          namespace: monitoring
          labels: \(labels)
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.hashrings-algorithm=\(algorithm)
                    - --receive.hashrings-file=/etc/rings/rings.json
                    - \(endpoint)
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: \(map)}}]
        """
    }

    private static let generated = """

        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: generated, namespace: monitoring}
        data:
          rings.json: |
            [{"hashring": "default", "endpoints": []}]
        """

    private static let pod = """

        ---
        \(PodExample.named("receiver-0"))
        """
}
