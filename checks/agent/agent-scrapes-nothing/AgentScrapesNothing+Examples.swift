import Diagnosis

extension Check {
    static let agentScrapesNothingExamples: [Example] = [
        .triggers(
            "the API server forbids to look",
            agent().replacing(
                "metadata: {name: agent, namespace: monitoring}\nspec:",
                with: "metadata: {name: agent, namespace: monitoring} # <-- finding\nspec:")
                + AgentExample.log(
                    #"""
                    ts=2026-11-22T07:42:15.753Z caller=klog.go:116 level=error component=k8s_client_runtime func=ErrorDepth msg="pkg/mod/k8s.io/client-go/tools/cache/reflector.go:229: Failed to watch *v1.Pod: failed to list *v1.Pod: pods is forbidden: User \"system:serviceaccount:monitoring:prometheus-agent\" cannot list resource \"pods\" in API group \"\" at the cluster scope"
                    """#)),
        .triggers(
            "no target was discovered",
            agent(mark: " # <-- finding")
                + page("prometheus_sd_discovered_targets{config=\"pods\",name=\"scrape\"} 0")),
        .triggers(
            "rules keep none of them",
            agent(mark: " # <-- finding")
                + page(
                    """
                    prometheus_sd_discovered_targets{config="pods",name="scrape"} 40
                    prometheus_target_scrape_pool_targets{scrape_job="pods"} 0
                    """)),
        .triggers(
            "all samples are dropped on the way out",
            agent(mark: " # <-- finding")
                + page(
                    """
                    prometheus_remote_storage_samples_dropped_total{remote_name="central"} 100
                    prometheus_remote_storage_samples_total{remote_name="central"} 7
                    """)
                + page(
                    """
                    prometheus_remote_storage_samples_dropped_total{remote_name="central"} 900
                    prometheus_remote_storage_samples_total{remote_name="central"} 7
                    """, later: true)),
        .triggers(
            "no job at all",
            AgentExample.manifests(folder: "").replacing(
                "remote_write:\n", with: "remote_write: # <-- finding\n")),
        .passes(
            "targets, and samples that arrive",
            agent()
                + page(
                    """
                    prometheus_sd_discovered_targets{config="pods",name="scrape"} 40
                    prometheus_sd_discovered_targets{config="config-0",name="notify"} 0
                    prometheus_target_scrape_pool_targets{scrape_job="pods"} 12
                    """)),
        .passes(
            "some samples are dropped on purpose",
            agent()
                + page(
                    """
                    prometheus_remote_storage_samples_dropped_total{remote_name="central"} 100
                    prometheus_remote_storage_samples_total{remote_name="central"} 7
                    """)
                + page(
                    """
                    prometheus_remote_storage_samples_dropped_total{remote_name="central"} 900
                    prometheus_remote_storage_samples_total{remote_name="central"} 70
                    """, later: true)),
        .passes(
            "an agent that others write to",
            AgentExample.manifests(
                folder: "", args: "[--enable-feature=agent, --web.enable-remote-write-receiver]")),
        .passes("a job", agent()),
    ]

    private static func agent(mark: String = "") -> String {
        AgentExample.running(status: "{conditions: [{type: Ready, status: \"True\"}]}").replacing(
            "    remote_write:\n",
            with: "    scrape_configs:\(mark)\n      - job_name: pods\n    remote_write:\n")
    }

    private static func page(_ text: String, later: Bool = false) -> String {
        "-- metrics/monitoring/agent-0\(later ? ".later" : "").txt --\n\(text)\n"
    }
}
