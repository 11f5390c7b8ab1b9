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
        claim: String? = nil
    ) -> String {
        let container =
            "{name: main, image: \"\(image)\", "
            + "resources: {requests: {memory: 2Gi}}}"
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
}
