import Diagnosis

extension Check {
    static let receiverOomkilledExamples: [Example] = [
        .triggers(
            "all receivers are killed again and again while they replay",
            receivers(
                mark: " # <-- finding",
                pods: [
                    pod(0, ready: false, killed), pod(1, ready: false, killed),
                    pod(2, ready: false, killed),
                ])
                    + """

                    -- logs/monitoring/receiver-0/receive.log --
                    level=info component=receive component=multi-tsdb tenant=a msg="opening TSDB"
                    level=info component=multi-tsdb tenant=a msg="Replaying WAL, this may take a while"
                    level=info component=multi-tsdb tenant=a msg="WAL segment loaded" segment=3
                    """),
        .triggers(
            "one of three: a quorum is left",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: true, running), pod(1, ready: true, running)]
                    + [pod(2, ready: false, killed)])
                    + """

                    -- metrics/monitoring/receiver-0.txt --
                    prometheus_tsdb_head_series{tenant="a"} 900000
                    prometheus_tsdb_head_series{tenant="b"} 100000
                    """),
        .triggers(
            "an hour ago, and ready again: a warning only",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: true, recovered("2026-11-20T11:00:00Z"))])),
        .triggers(
            "weeks ago: for information",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: true, recovered("2026-11-01T11:00:00Z"))])),
        .triggers(
            "hours ago, and not ready now for another reason: a warning only",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: false, recovered("2026-11-20T02:00:00Z"))])),
        .passes(
            "an end for another reason",
            receivers(
                pods: [
                    pod(
                        0, ready: false,
                        "restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, "
                            + "lastState: {terminated: {exitCode: 137, reason: Error}}")
                ])),
        .passes(
            "a sidecar was killed, the receiver was not",
            receivers(
                pods: [
                    pod(0, ready: true, running).replacing(
                        "containerStatuses: [",
                        with: "containerStatuses: [{name: proxy, restartCount: 1, lastState: "
                            + "{terminated: {exitCode: 137, reason: OOMKilled}}}, ")
                ])),
        .passes("all of them run", receivers(pods: [pod(0, ready: true, running)])),
    ]

    private static let killed = """
        restartCount: 6, state: {waiting: {reason: CrashLoopBackOff}}, \
        lastState: {terminated: {exitCode: 137, reason: OOMKilled, \
        finishedAt: "2026-11-20T11:58:00Z"}}
        """
    private static let running = "restartCount: 0, ready: true, state: {running: {}}"

    private static func recovered(_ time: String) -> String {
        """
        restartCount: 1, ready: true, state: {running: {}}, \
        lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "\(time)"}}
        """
    }

    private static func receivers(mark: String = "", pods: [String]) -> String {
        """
        -- now.txt --
        1795176000
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: \(pods.count)
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=3
                    - --receive.hashrings=[{"endpoints":["a:10901","b:10901","c:10901"]}]
                  resources:
                    limits:
                      memory: 4Gi\(mark)
        ---
        \(pods.joined(separator: "\n---\n"))
        """
    }

    private static func pod(_ ordinal: Int, ready: Bool, _ status: String) -> String {
        """
        \(PodExample.named("receiver-\(ordinal)"))
        status:
          conditions: [{type: Ready, status: "\(ready ? "True" : "False")"}]
          containerStatuses: [{name: receive, \(status)}]
        """
    }
}
