import Diagnosis

extension Check {
    static let rwQueueBacklogExamples: [Example] = [
        .triggers(
            "half an hour behind, and more every second",
            AgentExample.running(rest: " # <-- finding") + log
                + metrics(lag: 1800, laterLag: 1810, retried: 100)),
        .triggers(
            "nothing was ever sent",
            AgentExample.running(rest: " # <-- finding")
                + metrics(lag: nil, laterLag: nil, retried: 100)),
        .triggers(
            "nothing is refused, and it may not send more at once",
            AgentExample.running(rest: " # <-- finding")
                + metrics(lag: 1800, laterLag: 1810, retried: 0)),
        .triggers(
            "behind and catching up: a warning",
            AgentExample.running(rest: " # <-- finding")
                + metrics(lag: 1800, laterLag: 1700, retried: 0)),
        .triggers(
            "the names of newer releases",
            AgentExample.running(rest: " # <-- finding")
                + metrics(lag: 1800, laterLag: 1810, retried: 100, isNewer: true)),
        .triggers(
            "minutes of retries in the log alone",
            AgentExample.running(rest: " # <-- finding") + log),
        .triggers(
            "a shard that holds less than a batch",
            AgentExample.manifests(
                folder: "",
                rest: "\nqueue_config:\n  capacity: 500 # <-- finding\n  max_samples_per_send: 2000"
            )),
        .passes(
            "a minute behind is usual with scrapes a minute apart",
            AgentExample.running() + metrics(lag: 61, laterLag: 71, retried: 0)),
        .passes(
            "it has just started",
            AgentExample.running() + metrics(lag: nil, laterLag: nil, retried: 100, uptime: 30)),
        .passes(
            "retries that succeed",
            AgentExample.running() + metrics(lag: 5, laterLag: 5, retried: 10)),
        .passes(
            "a queue whose rules keep nothing",
            AgentExample.running()
                + metrics(lag: 1800, laterLag: 1810, retried: 0)
                .replacing("\"} 3042", with: "\"} 0")),
        .passes(
            "one failure in the log",
            AgentExample.running()
                + AgentExample.log(line("42:15.774"))),
        .passes(
            "retries of yesterday",
            AgentExample.running().replacing("1795333380", with: "1795420000") + log),
        .passes(
            "queues with room",
            AgentExample.manifests(
                folder: "",
                rest: "\nqueue_config: {capacity: 10000, max_samples_per_send: 2000, max_shards: 1}"
            )
        ),
    ]

    private static let log = AgentExample.log(
        ["39:18.498", "40:18.550", "41:18.586", "42:18.673"].map(line).joined(separator: "\n"))

    private static func line(_ time: String) -> String {
        """
        ts=2026-11-22T07:\(time)Z caller=dedupe.go:112 component=remote level=warn \
        remote_name=central url=http://10.0.0.7:19291/api/v1/receive \
        msg="Failed to send batch, retrying" \
        err="server returned HTTP status 503 Service Unavailable: TSDB not ready"
        """
    }

    private static func metrics(
        lag: Int?, laterLag: Int?, retried: Int, uptime: Int = 4000, isNewer: Bool = false
    ) -> String {
        let now = 1_795_333_380
        let queue = "{remote_name=\"central\",url=\"http://10.0.0.7:19291/api/v1/receive\"}"
        func page(_ lag: Int?, _ retried: Int, at time: Int) -> String {
            let family = "prometheus_remote_storage_"
            let highest =
                isNewer
                ? "queue_highest_timestamp_seconds\(queue)" : "highest_timestamp_in_seconds"
            let sent = lag.map {
                "\(family)queue_highest_sent_timestamp_seconds\(queue) \(time - $0)\n"
            }
            return """
                \(family)samples_pending\(queue) 3042
                \(family)samples_retried_total\(queue) \(retried)
                \(family)shards_desired\(queue) 61.5
                \(family)shards_max\(queue) 50
                \(family)\(highest) \(time)
                process_start_time_seconds \(now - uptime)
                \(sent ?? "")
                """
        }
        return """
            -- metrics/monitoring/agent-0.txt --
            \(page(lag, 4000, at: now))
            -- metrics/monitoring/agent-0.later.txt --
            \(page(laterLag, 4000 + retried, at: now + 10))

            """
    }
}
