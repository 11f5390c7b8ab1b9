import Diagnosis

extension Check {
    static let vipUnreachableTimeoutExamples: [Example] = [
        .triggers(
            "an address that was typed is silent",
            """
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive timedOut
            """),
        .triggers(
            "the Service's address is silent from here: a warning",
            receiver(mark: " # <-- finding", ask: "127.77.0.210")
                + "\n-- probes.txt --\nremoteWrite http://127.77.0.210:19291/api/v1/receive noRoute"
        ),
        .triggers(
            "an agent's writes time out",
            agent("http://127.77.0.210:19291/api/v1/receive", mark: true) + """

                -- logs/monitoring/agent-0/prometheus.log --
                \(line("11:57:58", "dial tcp 127.77.0.210:19291: i/o timeout"))
                \(line("11:58:58", "dial tcp 127.77.0.210:19291: i/o timeout"))
                -- now.txt --
                1795521600
                """),
        .passes(
            "a receiver answers that its own deadline is over",
            agent("http://127.77.0.210:19291/api/v1/receive") + """

                -- logs/monitoring/agent-0/prometheus.log --
                ts=2026-11-24T11:58:58.786Z caller=dedupe.go:112 component=remote level=warn \
                remote_name=central url=http://127.77.0.210:19291/api/v1/receive \
                msg="Failed to send batch, retrying" \
                err="server returned HTTP status 500 Internal Server Error: context deadline \
                exceeded"
                -- now.txt --
                1795521600
                """),
        .passes(
            "the agent's trouble is long over",
            agent("http://127.77.0.210:19291/api/v1/receive") + """

                -- logs/monitoring/agent-0/prometheus.log --
                \(line("09:57:58", "dial tcp 127.77.0.210:19291: i/o timeout"))
                -- now.txt --
                1795521600
                """),
        .passes(
            "a receiver answers that its own peers are silent",
            agent("http://127.77.0.210:19291/api/v1/receive") + """

                -- logs/monitoring/agent-0/prometheus.log --
                \(line("11:57:58", answered))
                \(line("11:58:58", answered))
                -- now.txt --
                1795521600
                """),
        .triggers(
            "an agent counts on an address that nobody asked for",
            receiver(mark: " # <-- finding")
                + agent("http://127.77.0.210:19291/api/v1/receive", file: true)),
        .triggers(
            "an agent writes to an address that the Service has lost",
            receiver(ask: "127.77.0.210")
                + agent("http://127.77.0.211:19291/api/v1/receive", file: true, mark: true)),
        .passes(
            "the address is pinned",
            receiver(ask: "127.77.0.210")
                + agent("http://127.77.0.210:19291/api/v1/receive", file: true)),
        .passes(
            "the agent uses a name",
            receiver() + agent("http://receive.example.org/api/v1/receive", file: true)),
        .passes(
            "a refusal is an answer, and so is success",
            """
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive refused
            remoteWrite http://127.77.0.211:19291/api/v1/receive passed
            remoteWrite http://127.77.0.212:19291/api/v1/receive unreachable-from-here
            """),
    ]

    private static let answered =
        "server returned HTTP status 500 Internal Server Error: context deadline exceeded"

    private static func line(_ time: String, _ error: String) -> String {
        """
        ts=2026-11-24T\(time).786Z caller=dedupe.go:112 component=remote level=warn \
        remote_name=central url=http://127.77.0.210:19291/api/v1/receive \
        msg="Failed to send batch, retrying" \
        err="Post \\"http://127.77.0.210:19291/api/v1/receive\\": \(error)"
        """
    }

    /// An agent in the cluster, or a bare configuration file.
    private static func agent(_ url: String, file: Bool = false, mark: Bool = false) -> String {
        let mark = mark ? " # <-- finding" : ""
        guard !file else {
            return "\n-- prometheus.yml --\nremote_write:\n  - url: \(url)\(mark)"
        }
        return AgentExample.manifests(url: url, rest: mark) + "---\n" + PodExample.named("agent-0")
    }

    private static func receiver(mark: String = "", ask: String? = nil) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: cilium.io/v2alpha1
        kind: CiliumLoadBalancerIPPool
        metadata: {name: lan}
        spec: {blocks: [{cidr: 127.77.0.208/28}]}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring
          annotations: {\(ask.map { "lbipam.cilium.io/ips: \($0)" } ?? "")}
        spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
        status: {loadBalancer: {ingress: [{ip: 127.77.0.210}]}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        """
    }
}
