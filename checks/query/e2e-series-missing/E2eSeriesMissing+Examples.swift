import Diagnosis

extension Check {
    static let e2eSeriesMissingExamples: [Example] = [
        .triggers(
            "nothing, and something old",
            """
            -- query/series.txt --
            up{job="prometheus-agent", cluster="cluster-02"} none
            up{job="prometheus-agent", cluster="cluster-03"} 4000
            """),
        .passes(
            "a sample of half a minute ago",
            """
            -- query/series.txt --
            up{job="prometheus-agent", cluster="cluster-02"} 30
            """),
        .passes(
            "Query was not asked",
            """
            -- cluster/namespaces.yaml --
            apiVersion: v1
            kind: Namespace
            metadata: {name: monitoring}
            """),
        .triggers("two of three targets do not arrive", agent(targets: 40) + counted(13)),
        .triggers(
            "an agent of another cluster",
            "-- query/series.txt --\nup{cluster=\"edge\"} 30 13\n"
                + agent(targets: 40).replacing("-- cluster/", with: "-- clusters/edge/cluster/")
                .replacing("-- metrics/", with: "-- clusters/edge/metrics/")),
        .passes("all targets arrive", agent(targets: 40) + counted(40)),
        .passes("some come and go", agent(targets: 40) + counted(37)),
        .passes("few targets, of which two just came", agent(targets: 4) + counted(2)),
        .passes("Query also finds what is gone", agent(targets: 40) + counted(60)),
        .passes(
            "the agent started five minutes ago",
            agent(targets: 40, started: 1_795_333_080) + counted(13)),
        .passes(
            "the agent keeps some to itself",
            agent(
                targets: 40,
                rest: "\n  write_relabel_configs: [{action: keep, source_labels: [job], regex: a}]")
                + counted(13)),
        .passes(
            "the number is of another agent", agent(targets: 40, cluster: "edge-02") + counted(13)),
    ]

    private static func counted(_ count: Int) -> String {
        "-- query/series.txt --\nup{cluster=\"edge\"} 30 \(count)\n"
    }

    /// Two days old if nothing else is said, with half its targets in each of two jobs.
    private static func agent(
        targets: Int, started: Int = 1_795_160_580, cluster: String = "edge", rest: String = ""
    ) -> String {
        AgentExample.running(rest: rest).replacing(
            "remote_write:",
            with: "global: {external_labels: {cluster: \(cluster)}}\n    remote_write:")
                + """
                -- metrics/monitoring/agent-0.txt --
                prometheus_target_scrape_pool_targets{scrape_job="a"} \(targets / 2)
                prometheus_target_scrape_pool_targets{scrape_job="b"} \(targets - targets / 2)
                process_start_time_seconds \(started)

                """
    }
}
