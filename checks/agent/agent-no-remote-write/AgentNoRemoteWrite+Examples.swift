import Diagnosis

extension Check {
    static let agentNoRemoteWriteExamples: [Example] = [
        .triggers(
            "a configuration that only scrapes",
            AgentExample.manifests().replacing(
                "    remote_write:\n      - url: http://10.0.0.7:19291/api/v1/receive",
                with: "    scrape_configs: # <-- finding\n      - job_name: pods")),
        .triggers(
            "an empty URL", AgentExample.manifests(url: "'' # <-- finding")),
        .triggers(
            "an empty list in a complete render",
            "-- render.txt --\n"
                + AgentExample.manifests(folder: "").replacing(
                    "remote_write:\n      - url: http://10.0.0.7:19291/api/v1/receive",
                    with: "remote_write: [] # <-- finding")),
        .triggers(
            "a custom resource",
            """
            -- cluster/agent.yaml --
            apiVersion: monitoring.coreos.com/v1alpha1
            kind: PrometheusAgent
            metadata: {name: edge, namespace: monitoring}
            spec:
              replicas: 1 # <-- finding
            """),
        .triggers(
            "a pod with an older configuration",
            AgentExample.running(rest: " # <-- finding") + """
                -- metrics/monitoring/agent-0.txt --
                prometheus_agent_active_series 239
                """),
        .passes("an address", AgentExample.manifests()),
        .passes(
            "a pod that sends",
            AgentExample.running() + """
                -- metrics/monitoring/agent-0.txt --
                prometheus_agent_active_series 239
                prometheus_remote_storage_samples_total{remote_name="central",url="http://10.0.0.7"} 0
                """),
        .passes(
            "a configuration that nobody could read",
            AgentExample.manifests().replacing("configMap: {name: agent}", with: "emptyDir: {}")),
        .passes(
            "a page that is not the agent's",
            AgentExample.running() + """
                -- metrics/monitoring/agent-0.txt --
                reloader_last_reload_successful 1
                """),
        .passes(
            "an overlay has another configuration",
            AgentExample.manifests(folder: "base/").replacing(
                "remote_write:\n      - url: http://10.0.0.7:19291/api/v1/receive",
                with: "remote_write: []")
                    + """
                    -- overlay/agent.yaml --
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: agent, namespace: monitoring}
                    data: {prometheus.yml: "remote_write: [{url: http://10.0.0.7/api/v1/receive}]"}
                    """),
    ]
}
