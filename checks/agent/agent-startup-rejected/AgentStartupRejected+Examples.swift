import Diagnosis

extension Check {
    static let agentStartupRejectedExamples: [Example] = [
        .triggers(
            "the configuration of a server",
            agent(
                more: """

                    rule_files: # <-- finding
                      - /etc/prometheus/rules/*.yml
                    alerting:
                      alertmanagers:
                        - static_configs: [{targets: ["alertmanager:9093"]}]
                    """)),
        .triggers(
            "the TSDB of a server",
            agent(
                args: """

                              - --enable-feature=agent
                              - --storage.tsdb.path=/prometheus # <-- finding
                              - --storage.tsdb.retention.time=2h
                    """)),
        .triggers(
            "an agent's flag without the switch",
            agent(args: "\n          - --storage.agent.path=/prometheus # <-- finding")),
        .triggers(
            "the old switch in Prometheus 3",
            agent(
                image: "prom/prometheus:v3.1.0",
                args: "\n          - --enable-feature=agent # <-- finding")),
        .triggers(
            "the new switch in Prometheus 2", agent(args: "\n          - --agent # <-- finding")),
        .triggers(
            "one address twice",
            AgentExample.manifests(
                folder: "", rest: "\n- url: http://10.0.0.7:19291/api/v1/receive # <-- finding"
            )
            .replacing("\n        - url", with: "\n      - url")),
        .triggers(
            "a header instead of headers",
            AgentExample.manifests(
                folder: "", rest: "\nheader: # <-- finding\n  THANOS-TENANT: team-a")),
        .triggers(
            "a pod that says so",
            AgentExample.running(
                status: "{containerStatuses: [{name: prometheus, restartCount: 4, "
                    + "state: {waiting: {reason: CrashLoopBackOff}}}]}"
            ).replacing(
                "metadata: {name: agent, namespace: monitoring}\nspec:",
                with: "metadata: {name: agent, namespace: monitoring} # <-- finding\nspec:")
                + AgentExample.log(refused, previous: true)),
        .passes("an agent of Prometheus 2", agent(args: " [--enable-feature=agent]")),
        .passes(
            "an agent of Prometheus 3",
            agent(
                image: "prom/prometheus:v3.1.0",
                args: " [--agent, --storage.agent.path=/prometheus]")),
        .passes(
            "both switches are harmless in Prometheus 3",
            agent(
                image: "prom/prometheus:v3.1.0", args: " [--agent, --enable-feature=agent]")),
        .passes(
            "a digest does not say which switch it knows",
            agent(image: "prom/prometheus@sha256:00", args: " [--agent]")),
        .passes("empty sections are allowed", agent(more: "\nrule_files: []\nalerting: {}")),
        .passes(
            "one address for two tenants",
            AgentExample.manifests(
                folder: "",
                rest: "\n- url: http://10.0.0.7:19291/api/v1/receive\nheaders: {THANOS-TENANT: b}"
            ).replacing("\n        - url", with: "\n      - url")),
        .passes(
            "a server may have all that",
            agent(args: " [--storage.tsdb.path=/prometheus]", more: "\nrule_files: [a.yml]")),
    ]

    private static let refused = """
        ts=2026-11-22T07:42:15.753Z caller=main.go:479 level=error \
        msg="Error loading config (--config.file=/etc/prometheus/prometheus.yml)" \
        file=/etc/prometheus/prometheus.yml \
        err="parsing YAML file /etc/prometheus/prometheus.yml: yaml: unmarshal errors:\\n  \
        line 4: field header not found in type config.plain"
        """

    private static func agent(
        image: String = "prom/prometheus:v2.53.0", args: String = " [--enable-feature=agent]",
        more: String = ""
    ) -> String {
        AgentExample.manifests(folder: "", image: image, args: "ARGS").replacing(
            " ARGS", with: args
        ) + more.replacing("\n", with: "\n    ")
    }
}
