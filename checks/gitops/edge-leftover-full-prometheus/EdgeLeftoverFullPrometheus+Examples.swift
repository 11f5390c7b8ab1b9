import Diagnosis

extension Check {
    static let edgeLeftoverFullPrometheusExamples: [Example] = [
        .triggers(
            "a full Prometheus with what came with it",
            agent()
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    mark: " # <-- finding")
                + workload(
                    "StatefulSet", "alertmanager-main", "quay.io/prometheus/alertmanager:v0.27")
                + workload("Pod", "grafana-test", "grafana/grafana:11.0.0")),
        .triggers(
            "a custom resource owns the StatefulSet",
            agent()
                + """

                ---
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata:
                  name: k8s # <-- finding
                  namespace: monitoring
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata:
                  name: prometheus-k8s
                  namespace: monitoring
                  ownerReferences: [{kind: Prometheus, name: k8s, controller: true}]
                spec:
                  template:
                    spec: {containers: [{name: a, image: "prom/prometheus:v2.53.0"}]}
                """),
        .triggers(
            "its volumes go with it",
            agent()
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    mark: " # <-- finding", claim: "100Gi")
                + claim("data-prometheus-k8s-0", "100Gi")),
        .triggers(
            "the volumes of a manifest",
            agent().replacing("cluster/", with: "")
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    mark: " # <-- finding", claim: "100Gi")),
        .triggers(
            "its claims are larger and more than its template says",
            agent()
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    mark: " # <-- finding", claim: "100Gi")
                + claim("data-prometheus-k8s-0", "150Gi") + claim("data-prometheus-k8s-1", "150Gi")
                + claim("data-prometheus-k8s-old", "1Ti") + claim("data-receiver-0", "1Ti")),
        .triggers(
            "beside receivers, where it may serve all clusters",
            agent()
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    mark: " # <-- finding", claim: "100Gi")
                    + """

                    ---
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: receiver, namespace: monitoring}
                    spec:
                      template:
                        spec: {containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]}
                    """),
        .passes("the agent alone", agent()),
        .passes("a claim that nothing runs on", agent() + claim("data-prometheus-k8s-0", "1Gi")),
        .passes(
            "an Alertmanager alone may be wanted",
            agent()
                + workload(
                    "StatefulSet", "alertmanager-main", "quay.io/prometheus/alertmanager:v0.27")
        ),
        .passes(
            "a full Prometheus in another namespace",
            agent(namespace: "edge")
                + workload("StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0")),
        .triggers(
            "one in another namespace that writes to the same receivers",
            configured("agent", "edge", jobs: "node", args: "--agent")
                + configured("prometheus-k8s", "monitoring", jobs: "api", mark: " # <-- finding")),
        .triggers(
            "one in another namespace that scrapes the same",
            configured("agent", "edge", jobs: "node", "api", "state", args: "--agent")
                + configured(
                    "prometheus-k8s", "monitoring", jobs: "node", "api", host: "elsewhere.example",
                    mark: " # <-- finding")),
        .passes(
            "one in another namespace with a job of the same name",
            configured("agent", "edge", jobs: "node", "api", "state", args: "--agent")
                + configured(
                    "prometheus-k8s", "monitoring", jobs: "node", "team", host: "elsewhere.example")
        ),
        .passes(
            "one that only evaluates rules",
            configured("agent", "monitoring", jobs: "node", args: "--agent")
                + configured("prometheus-k8s", "monitoring")),
        .passes(
            "a Thanos sidecar ships its blocks",
            agent()
                + workload(
                    "StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0",
                    beside: ", {name: sidecar, image: \"thanos:v0.41.0\", args: [sidecar]}")),
        .passes(
            "the operator gives it a Thanos sidecar",
            agent()
                + """

                ---
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: k8s, namespace: monitoring}
                spec: {thanos: {version: v0.41.0}}
                """),
        .passes(
            "no agent, so nothing was replaced",
            "-- prometheus.yaml --"
                + workload("StatefulSet", "prometheus-k8s", "prom/prometheus:v2.53.0")),
        .passes(
            "an exporter is no Prometheus",
            agent()
                + workload("DaemonSet", "node-exporter", "prom/node-exporter:v1.8.2")),
    ]

    private static func agent(namespace: String = "monitoring") -> String {
        """
        -- cluster/workloads.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: prometheus-agent, namespace: \(namespace)}
        spec:
          template:
            spec:
              containers:
                - name: prometheus
                  image: prom/prometheus:v2.53.0
                  args: [--enable-feature=agent]
                  resources: {requests: {memory: 200Mi}}
        """
    }

    private static func claim(_ name: String, _ size: String) -> String {
        """

        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: \(name), namespace: monitoring}
        spec: {resources: {requests: {storage: 100Gi}}}
        status: {capacity: {storage: \(size)}}
        """
    }

    private static func workload(
        _ kind: String, _ name: String, _ image: String, mark: String = "",
        claim: String? = nil, beside: String = ""
    ) -> String {
        let container =
            "{name: main, image: \"\(image)\", "
            + "resources: {requests: {memory: 2Gi}}}\(beside)"
        let claims = claim.map {
            ", volumeClaimTemplates: [{metadata: {name: data}, spec: "
                + "{resources: {requests: {storage: \($0)}}}}]"
        }
        let spec =
            kind == "Pod"
            ? "{containers: [\(container)]}"
            : "{template: {spec: {containers: [\(container)]}}\(claims ?? "")}"
        return """

            ---
            apiVersion: \(kind == "Pod" ? "v1" : "apps/v1")
            kind: \(kind)
            metadata:
              name: \(name)\(mark)
              namespace: monitoring
            spec: \(spec)
            """
    }

    /// A Prometheus with these scrape jobs that writes remotely.
    private static func configured(
        _ name: String, _ namespace: String, jobs: String..., args: String = "",
        host: String = "receive.example", mark: String = ""
    ) -> String {
        let jobs = jobs.map { "{job_name: \($0)}" }.joined(separator: ", ")
        return """
            -- cluster/\(name).yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: \(name)\(mark)
              namespace: \(namespace)
            spec:
              template:
                spec:
                  containers:
                    - name: prometheus
                      image: prom/prometheus:v3.1.0
                      args: [--config.file=/etc/prometheus/prometheus.yml, \(args)]
                      volumeMounts: [{name: config, mountPath: /etc/prometheus}]
                  volumes: [{name: config, configMap: {name: \(name)}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: \(name), namespace: \(namespace)}
            data:
              prometheus.yml: |
                scrape_configs: [\(jobs)]
                remote_write: [{url: "http://\(host):19291/api/v1/receive"}]

            """
    }
}
