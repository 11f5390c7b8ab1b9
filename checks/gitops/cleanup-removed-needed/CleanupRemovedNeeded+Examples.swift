import Diagnosis

extension Check {
    static let cleanupRemovedNeededExamples: [Example] = [
        .triggers(
            "kube-state-metrics is gone",
            agent(target: "kube-state-metrics.monitoring.svc:8080", mark: " # <-- finding")
                + service("other", labels: "other")),
        .triggers(
            "its Service is left without pods",
            agent(target: "kube-state-metrics.monitoring.svc:8080", mark: " # <-- finding")
                + service("kube-state-metrics", labels: "kube-state-metrics")),
        .triggers(
            "node-exporter's endpoints are kept by name",
            agent(
                job: """
                    job_name: node-exporter
                            kubernetes_sd_configs: [{role: endpoints}]
                            relabel_configs:
                              - source_labels: [__meta_kubernetes_service_name]
                                action: keep
                                regex: node-exporter # <-- finding
                    """)),
        .triggers(
            "its Deployment is scaled to nothing",
            agent(target: "kube-state-metrics.monitoring.svc:8080", mark: " # <-- finding")
                + service("kube-state-metrics", labels: "ksm") + deployment(replicas: 0)),
        .triggers(
            "its only pod is not ready",
            agent(target: "kube-state-metrics.monitoring.svc:8080", mark: " # <-- finding")
                + service("kube-state-metrics", labels: "ksm") + deployment()
                + pod(isReady: "False")),
        .passes(
            "its only pod was on a node that is gone",
            agent(target: "kube-state-metrics.monitoring.svc:8080")
                + service("kube-state-metrics", labels: "ksm") + deployment()
                + pod(isReady: "False") + """

                    ---
                    apiVersion: v1
                    kind: Node
                    metadata: {name: node-1}
                    status: {conditions: [{type: Ready, status: Unknown}]}
                    """),
        .passes(
            "one of two pods is ready",
            agent(target: "kube-state-metrics.monitoring.svc:8080")
                + service("kube-state-metrics", labels: "ksm") + deployment()
                + pod(isReady: "False") + pod("ksm-1", isReady: "True")),
        .passes(
            "the Service and its pods are there",
            agent(target: "kube-state-metrics.monitoring.svc.cluster.local:8080")
                + service("kube-state-metrics", labels: "agent")),
        .passes("a target outside the cluster", agent(target: "router.example.com:9100")),
        .passes(
            "a namespace that nobody looked into",
            agent(target: "kube-state-metrics.kube-system.svc:8080")),
        .passes(
            "manifests need not be all there are",
            agent(folder: "", target: "kube-state-metrics.monitoring.svc:8080")),
        .triggers(
            "volumes that go with the receiver",
            receiver(
                """
                persistentVolumeClaimRetentionPolicy:
                    whenDeleted: Delete # <-- finding
                """)),
        .passes(
            "volumes that go when it is scaled down, which scaling-without-ring speaks of",
            receiver("persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}")),
        .passes(
            "volumes that stay",
            receiver("persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain}")),
    ]

    private static func agent(
        folder: String = "cluster/", target: String, mark: String = ""
    ) -> String {
        agent(
            folder: folder,
            job: """
                job_name: kube-state-metrics
                        static_configs:
                          - targets:
                              - \(target)\(mark)
                """)
    }

    private static func agent(folder: String = "cluster/", job: String) -> String {
        """
        -- \(folder)agent.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: agent, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: agent}}
            spec:
              containers:
                - name: prometheus
                  image: prom/prometheus:v2.53.0
                  args: [--enable-feature=agent]
                  volumeMounts: [{name: config, mountPath: /etc/prometheus}]
              volumes: [{name: config, configMap: {name: agent}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent, namespace: monitoring}
        data:
          prometheus.yml: |
            scrape_configs:
              - \(job)
        """
    }

    private static func deployment(replicas: Int = 2) -> String {
        """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: ksm, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            metadata: {labels: {app: ksm}}
            spec: {containers: [{name: ksm}]}
        """
    }

    private static func pod(_ name: String = "ksm-0", isReady: String) -> String {
        """

        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: \(name), namespace: monitoring, labels: {app: ksm}}
        spec: {nodeName: node-1}
        status: {conditions: [{type: Ready, status: "\(isReady)"}]}
        """
    }

    private static func service(_ name: String, labels: String) -> String {
        """

        ---
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: monitoring}
        spec: {selector: {app: \(labels)}}
        """
    }

    private static func receiver(_ policy: String) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          \(policy)
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --objstore.config-file=/etc/thanos/objstore.yaml]
        """
    }
}
