import Diagnosis

extension Check {
    static let forwardTimeoutExamples: [Example] = [
        .triggers(
            "write after write ends at the deadline",
            IngestExample.manifests(mark: mark) + IngestExample.pod(lines(5))),
        .triggers(
            "a single one: a warning",
            IngestExample.manifests(mark: mark) + IngestExample.pod(lines(1))),
        .triggers(
            "half an hour ago: a note",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(lines(5).replacing("T07:42", with: "T07:12"))),
        .triggers(
            "all workers are busy",
            IngestExample.manifests(flags: ["--receive.forward.async-workers=2" + mark])
                + IngestExample.pod() + delay(sum: 10, laterSum: 250)),
        .triggers(
            "an agent that gives up first",
            IngestExample.manifests(folder: "")
                + AgentExample.manifests(folder: "", rest: "\nremote_timeout: 3s" + mark)),
        .triggers(
            "the same in a cluster",
            IngestExample.manifests() + IngestExample.pod()
                + AgentExample.manifests(rest: "\nremote_timeout: 5s" + mark)),
        .passes(
            "an agent with more patience",
            IngestExample.manifests(folder: "")
                + AgentExample.manifests(folder: "", rest: "\nremote_timeout: 30s")),
        .passes(
            "a receiver that is to answer sooner",
            IngestExample.manifests(folder: "", flags: ["--receive-forward-timeout=2s"])
                + AgentExample.manifests(folder: "", rest: "\nremote_timeout: 3s")),
        .passes(
            "an agent that writes elsewhere",
            IngestExample.manifests(folder: "")
                + AgentExample.manifests(
                    folder: "", url: "http://10.9.9.9:9090/api/v1/write",
                    rest: "\nremote_timeout: 3s")),
        .passes(
            "a receiver that forwards to nobody",
            IngestExample.manifests(folder: "", routes: false)
                + AgentExample.manifests(folder: "", rest: "\nremote_timeout: 3s")),
        .passes(
            "another error",
            IngestExample.manifests()
                + IngestExample.pod(
                    lines(5).replacing(
                        "context deadline exceeded", with: "no matching hashring to handle tenant"))
        ),
        .passes(
            "a copy that was not needed",
            IngestExample.manifests()
                + IngestExample.pod(
                    lines(5).replacing(
                        "internal server error",
                        with: "request failed, but not needed to achieve quorum"))),
        .passes(
            "two hours ago",
            IngestExample.manifests()
                + IngestExample.pod(lines(5).replacing("T07:42", with: "T05:42"))),
        .passes(
            "workers that have time",
            IngestExample.manifests() + IngestExample.pod() + delay(sum: 0.03, laterSum: 0.04)),
        .passes(
            "nothing is forwarded",
            IngestExample.manifests() + IngestExample.pod()
                + delay(sum: 250, laterSum: 250, count: 0)),
    ]

    private static let mark = " # <-- finding"

    private static func lines(_ count: Int) -> String {
        (0..<count).map { number in
            """
            ts=2026-11-22T07:42:1\(number).137519897Z caller=handler.go:640 level=error \
            component=receive component=receive-handler tenant=default-tenant \
            err="context deadline exceeded" msg="internal server error"
            """
        }.joined(separator: "\n")
    }

    private static func delay(sum: Double, laterSum: Double, count: Int = 48) -> String {
        let family = "thanos_receive_forward_delay_seconds"
        return IngestExample.metrics(
            "\(family)_sum \(sum)\n\(family)_count 48",
            later: "\(family)_sum \(laterSum)\n\(family)_count \(48 + count)")
    }
}
