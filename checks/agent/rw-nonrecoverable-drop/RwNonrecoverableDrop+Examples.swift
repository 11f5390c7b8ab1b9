import Diagnosis

extension Check {
    static let rwNonrecoverableDropExamples: [Example] = [
        .triggers(
            "a 400 in the log of this minute",
            agent(mark: " # <-- finding")
                + log(status: "400 Bad Request: snappy decode error: s2: corrupt input")),
        .triggers(
            "the words of Prometheus 3",
            agent(mark: " # <-- finding")
                + #"""

                -- logs/monitoring/agent-0/prometheus.log --
                time=2026-11-22T07:42:38.650Z level=ERROR source=queue_manager.go:1737 msg="non-recoverable error" component=remote remote_name=c404 url=http://10.0.0.7:19291/api/v1/receive failedSampleCount=389 failedHistogramCount=0 failedExemplarCount=0 err="server returned HTTP status 413 Request Entity Too Large: write request too large\n"
                """#),
        .triggers(
            "the counter grows",
            agent(mark: " # <-- finding") + metrics(before: 100, after: 784)),
        .triggers(
            "only conflicts: what is new is stored",
            agent(mark: " # <-- finding")
                + log(status: "409 Conflict: 3 errors: add 5 samples: out of order sample")
                + metrics(before: 100, after: 784)),
        .triggers(
            "it was so, and the counter stands still since",
            agent(mark: " # <-- finding")
                + log(status: "400 Bad Request: snappy decode error: s2: corrupt input")
                + metrics(before: 784, after: 784)),
        .passes(
            "a stop cancels what is under way",
            agent()
                + log(error: "context canceled")),
        .passes(
            "what is retried is not lost",
            agent()
                + #"""

                -- logs/monitoring/agent-0/prometheus.log --
                ts=2026-11-22T07:42:15.774Z caller=dedupe.go:112 component=remote level=warn remote_name=c503 url=http://10.0.0.7:19291/api/v1/receive msg="Failed to send batch, retrying" err="server returned HTTP status 503 Service Unavailable: TSDB not ready"
                """#),
        .passes("a counter of long ago", agent() + metrics(before: 784, after: 784)),
        .passes("nothing failed", agent() + metrics(before: 0, after: 0)),
    ]

    private static func agent(mark: String = "") -> String {
        AgentExample.running(rest: mark)
    }

    private static func log(status: String) -> String {
        log(error: "server returned HTTP status \(status)")
    }

    private static func log(error: String) -> String {
        """

        -- logs/monitoring/agent-0/prometheus.log --
        ts=2026-11-22T07:42:15.753Z caller=dedupe.go:112 component=remote level=error \
        remote_name=c400 url=http://10.0.0.7:19291/api/v1/receive msg="non-recoverable error" \
        count=500 exemplarCount=0 err="\(error)"
        """
    }

    private static func metrics(before: Int, after: Int) -> String {
        let series =
            "prometheus_remote_storage_samples_failed_total{remote_name=\"central\","
            + "url=\"http://10.0.0.7:19291/api/v1/receive\"}"
        return """

            -- metrics/monitoring/agent-0.txt --
            \(series) \(before)
            -- metrics/monitoring/agent-0.later.txt --
            \(series) \(after)
            """
    }
}
