import Diagnosis

extension Check {
    static let agentExternalLabelsMissingExamples: [Example] = [
        .triggers(
            "two clusters with one and the same label",
            agent(labels: "    external_labels: {cluster: edge} # <-- finding")
                + agent(
                    "clusters/two/cluster",
                    labels: "    external_labels: {cluster: edge} # <-- finding")),
        .triggers(
            "one of two clusters has none",
            agent(global: "# <-- finding", labels: "    scrape_interval: 30s")
                + agent("clusters/two/cluster", labels: "    external_labels: {cluster: two}")),
        .triggers(
            "the only agent has none: a warning",
            agent(global: "# <-- finding", labels: "    scrape_interval: 30s")),
        .triggers(
            "two replicas share everything",
            agent(replicas: "2 # <-- finding", labels: "    external_labels: {cluster: one}")),
        .triggers(
            "Prometheus 2 leaves a variable as it is",
            agent(
                replicas: "2",
                labels: "    external_labels:\n"
                    + "          cluster: one\n          replica: ${POD_NAME} # <-- finding")),
        .passes(
            "Prometheus 3 fills it in",
            agent(
                image: "v3.1.0", replicas: "2",
                labels: "    external_labels: {cluster: one, replica: \"${POD_NAME}\"}")),
        .passes(
            "Prometheus 2 with the feature flag",
            agent(
                flag: ", --enable-feature=expand-external-labels", replicas: "2",
                labels: "    external_labels: {cluster: one, replica: \"${POD_NAME}\"}")),
        .passes(
            "an image without a version may fill it in",
            agent(
                image: "latest", replicas: "2",
                labels: "    external_labels: {cluster: one, replica: \"${POD_NAME}\"}")),
        .passes(
            "two clusters with labels of their own",
            agent(labels: "    external_labels: {cluster: one}")
                + agent("clusters/two/cluster", labels: "    external_labels: {cluster: two}")),
        .passes(
            "the same labels for receivers in each cluster",
            agent(host: "receiver.monitoring.svc", labels: "    external_labels: {site: edge}")
                + agent(
                    "clusters/two/cluster", host: "receiver.monitoring.svc",
                    labels: "    external_labels: {site: edge}")),
        .passes(
            "replicas that divide the targets",
            agent(
                replicas: "2",
                labels: "    external_labels: {cluster: one}\n"
                    + "    scrape_configs:\n    - job_name: pods\n      relabel_configs:\n"
                    + "      - {action: hashmod, modulus: 2, target_label: __tmp_hash}")),
        .passes(
            "a rule sets the label on the way out",
            agent(
                labels: "    scrape_interval: 30s",
                rule: "\n        write_relabel_configs: [{target_label: cluster, replacement: one}]"
            )),
        .triggers(
            "custom resources that differ in nothing",
            resource("cluster", labels: "site: edge", mark: " # <-- finding")
                + resource("clusters/two/cluster", labels: "site: edge", mark: " # <-- finding")),
        .passes(
            "custom resources that name their clusters",
            resource("cluster", labels: "cluster: one")
                + resource("clusters/two/cluster", labels: "cluster: two")),
        .triggers(
            "a copied configuration file",
            file("one.yml", mark: " # <-- finding") + file("two.yml", mark: " # <-- finding")),
        .passes(
            "another program has other ways to name a cluster",
            """
            -- cluster/agent.yaml --
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: vmagent, namespace: monitoring}
            spec:
              replicas: 2
              template:
                spec:
                  containers:
                    - name: vmagent
                      image: victoriametrics/vmagent:v1.108.1
                      args: ["-remoteWrite.url=http://10.0.0.7:19291/api/v1/receive"]
            """),
    ]

    private static func agent(
        _ folder: String = "cluster", image: String = "v2.53.0", flag: String = "",
        replicas: String = "1", host: String = "10.0.0.7", global: String = "", labels: String,
        rule: String = ""
    ) -> String {
        """
        -- \(folder)/agent.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: prometheus-agent, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            spec:
              containers:
                - name: prometheus
                  image: quay.io/prometheus/prometheus:\(image)
                  args: [--enable-feature=agent\(flag)]
                  env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  volumeMounts: [{name: config, mountPath: /etc/prometheus}]
              volumes: [{name: config, configMap: {name: agent}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent, namespace: monitoring}
        data:
          prometheus.yml: |
            remote_write:
              - url: http://\(host):19291/api/v1/receive\(rule)
            global: \(global)
          \(labels)

        """
    }

    private static func resource(_ folder: String, labels: String, mark: String = "") -> String {
        """
        -- \(folder)/agent.yaml --
        apiVersion: monitoring.coreos.com/v1alpha1
        kind: PrometheusAgent
        metadata: {name: edge, namespace: monitoring}
        spec:
          replicas: 2
          externalLabels:\(mark)
            \(labels)
          remoteWrite: [{url: "http://10.0.0.7:19291/api/v1/receive"}]

        """
    }

    private static func file(_ name: String, mark: String) -> String {
        """
        -- \(name) --
        global:
          external_labels: {cluster: edge}\(mark)
        remote_write:
          - url: http://10.0.0.7:19291/api/v1/receive

        """
    }
}
