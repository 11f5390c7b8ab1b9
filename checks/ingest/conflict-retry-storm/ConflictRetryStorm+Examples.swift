import Diagnosis

extension Check {
    static let conflictRetryStormExamples: [Example] = [
        .triggers(
            "the same batch for minutes",
            AgentExample.running(rest: mark) + AgentExample.log(storm)
                + page(retried: 4000) + page(retried: 4500, later: ".later")),
        .triggers(
            "in the log alone: a warning",
            AgentExample.running(rest: mark) + AgentExample.log(storm)),
        .triggers(
            "other batches get through: a warning",
            AgentExample.running(rest: mark) + AgentExample.log(storm)
                + page(retried: 4000) + page(retried: 4500, sent: 20, later: ".later")),
        .triggers("a receiver of an older release answers with 500", receivers(times, mark: mark)),
        .passes(
            "it is over: nothing is sent again",
            AgentExample.running() + AgentExample.log(storm)
                + page(retried: 4000) + page(retried: 4000, later: ".later")),
        .passes("once", AgentExample.running() + AgentExample.log(line("42:18.673", mixed))),
        .passes(
            "out of reach, and no conflict",
            AgentExample.running() + AgentExample.log(lines(outOfReach))),
        .passes(
            "a conflict that is answered with 409",
            AgentExample.running()
                + AgentExample.log(
                    AgentExample.dropped(
                        "server returned HTTP status 409 Conflict: 2 errors: \(mixed)"))),
        .passes(
            "yesterday",
            AgentExample.running().replacing("1795333380", with: "1795420000")
                + AgentExample.log(storm)),
        .passes("a receiver that said so once", receivers(["42:18.673"])),
    ]

    private static let mark = " # <-- finding"
    private static let times = ["39:18.498", "40:18.550", "41:18.586", "42:18.673"]
    private static let outOfReach = """
        backing off forward request for endpoint {{receiver-1:10901 receiver-1:19391 } 1}: \
        target not available
        """
    private static let mixed = """
        \(outOfReach); forwarding request to endpoint {receiver-2:10901 receiver-2:19391 }: \
        rpc error: code = AlreadyExists desc = add 500 samples: out of order sample
        """
    private static let storm = lines(mixed)

    private static func lines(_ answer: String) -> String {
        times.map { line($0, answer) }.joined(separator: "\n")
    }

    private static func line(_ time: String, _ answer: String) -> String {
        """
        ts=2026-11-22T07:\(time)Z caller=dedupe.go:112 component=remote level=warn \
        remote_name=central url=http://10.0.0.7:19291/api/v1/receive \
        msg="Failed to send batch, retrying" \
        err="server returned HTTP status 503 Service Unavailable: 2 errors: \(answer)"
        """
    }

    private static func page(retried: Int, sent: Int = 0, later: String = "") -> String {
        let queue = "{remote_name=\"central\",url=\"http://10.0.0.7:19291/api/v1/receive\"}"
        let family = "prometheus_remote_storage_"
        return """

            -- metrics/monitoring/agent-0\(later).txt --
            \(family)samples_retried_total\(queue) \(retried)
            \(family)queue_highest_sent_timestamp_seconds\(queue) \(1_795_333_000 + sent)

            """
    }

    private static func receivers(_ times: [String], mark: String = "") -> String {
        let lines = times.map { time in
            "ts=2026-11-22T07:\(time)Z caller=handler.go:616 level=error component=receive "
                + "component=receive-handler tenant=default-tenant err=\"2 errors: \(mixed)\" "
                + "msg=\"internal server error\""
        }
        return StorageExample.receiver().replacing("1795176000", with: "1795333380")
            .replacing("- name: receive\n", with: "- name: receive\(mark)\n")
            .replacing("receive.log --\n", with: "receive.log --\n" + lines.joined(separator: "\n"))
    }
}
