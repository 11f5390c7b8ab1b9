import Diagnosis

extension Check {
    static let receiverCrashloopExamples: [Example] = [
        .triggers(
            "all pods wait for their next start",
            receivers(
                mark: " # <-- finding",
                pods: [
                    pod(0, ready: false, waiting), pod(1, ready: false, waiting),
                    pod(2, ready: false, waiting),
                ])),
        .triggers(
            "between two starts a pod has ended",
            receivers(
                mark: " # <-- finding",
                pods: [
                    pod(
                        0, ready: false,
                        "restartCount: 2, state: {terminated: {exitCode: 2, reason: Error}}")
                ])),
        .triggers(
            "it runs for the moment, and has ended again and again",
            receivers(
                mark: " # <-- finding",
                pods: [
                    pod(
                        0, ready: false,
                        "restartCount: 37, state: {running: {}}, lastState: {terminated: "
                            + "{exitCode: 1, finishedAt: \"2026-11-20T11:56:00Z\"}}")
                ]) + "\n-- now.txt --\n1795176000"),
        .passes(
            "it ended an hour ago",
            receivers(
                pods: [
                    pod(
                        0, ready: false,
                        "restartCount: 37, state: {running: {}}, lastState: {terminated: "
                            + "{exitCode: 1, finishedAt: \"2026-11-20T10:56:00Z\"}}")
                ]) + "\n-- now.txt --\n1795176000"),
        .triggers(
            "Go's runtime ends it before Thanos logs anything",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: false, waiting.replacing("exitCode: 1", with: "exitCode: 2"))])
                    + """

                    -- logs/monitoring/receiver-0/receive.previous.log --
                    GOMEMLIMIT=4Gi
                    fatal error: malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`

                    runtime stack:
                    """),
        .triggers(
            "one of three: a quorum is left, a warning only",
            receivers(
                mark: " # <-- finding",
                pods: [pod(0, ready: true, running), pod(1, ready: true, running)]
                    + [
                        pod(
                            2, ready: false,
                            "restartCount: 9, state: {waiting: {reason: CrashLoopBackOff}}, "
                                + "lastState: {terminated: {exitCode: 137, reason: OOMKilled}}")
                    ])),
        .passes(
            "restarts of the past",
            receivers(
                pods: [
                    pod(
                        0, ready: true,
                        "restartCount: 3, ready: true, state: {running: {}}, "
                            + "lastState: {terminated: {exitCode: 1, reason: Error}}")
                ])),
        .passes(
            "a pod that starts is not one that fails",
            receivers(pods: [pod(0, ready: false, "restartCount: 1, state: {running: {}}")])),
        .passes(
            "a pod that waits for its image",
            receivers(
                pods: [
                    pod(
                        0, ready: false,
                        "restartCount: 0, state: {waiting: {reason: ContainerCreating}}")
                ])),
    ]

    private static let waiting = """
        restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, \
        lastState: {terminated: {exitCode: 1, reason: Error}}
        """
    private static let running = "restartCount: 0, ready: true, state: {running: {}}"

    private static func receivers(mark: String = "", pods: [String]) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          replicas: 3
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=3
                    - --receive.hashrings=[{"endpoints":["a:10901","b:10901","c:10901"]}]
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
