import Diagnosis

extension Check {
    static let walReplayProbeKillExamples: [Example] = [
        .triggers(
            "liveness asks for readiness",
            receiver("livenessProbe: {httpGet: {path: /-/ready, port: 10902}} # <-- finding")),
        .passes(
            "the probes of kube-thanos",
            receiver(
                """
                livenessProbe:
                            httpGet: {path: /-/healthy, port: 10902}
                            periodSeconds: 30
                            failureThreshold: 8
                          readinessProbe:
                            httpGet: {path: /-/ready, port: 10902}
                            periodSeconds: 5
                            failureThreshold: 20
                """)),
        .triggers(
            "a startup probe of a minute",
            receiver(
                """
                startupProbe:
                            httpGet:
                              path: /-/ready # <-- finding
                              port: 10902
                            periodSeconds: 10
                            failureThreshold: 6
                """)),
        .passes(
            "a startup probe of half an hour, behind which liveness waits",
            receiver(
                """
                livenessProbe: {httpGet: {path: /-/ready, port: 10902}}
                          startupProbe:
                            httpGet: {path: /-/ready, port: 10902}
                            failureThreshold: 180
                """)),
        .triggers(
            "a startup probe that succeeds before the WAL is read",
            receiver(
                """
                livenessProbe: {httpGet: {path: /-/ready, port: 10902}} # <-- finding
                          startupProbe:
                            httpGet: {path: /-/healthy, port: 10902}
                            failureThreshold: 180
                """)),
        .passes("a probe of a port only", receiver("livenessProbe: {tcpSocket: {port: 10902}}")),
        .passes(
            "a router has no WAL",
            receiver(
                "livenessProbe: {httpGet: {path: /-/ready, port: 10902}}",
                argument: #"--receive.hashrings=[{"endpoints":["a:10901"]}]"#)),
        .triggers(
            "the kubelet says so, and the log stops in the replay",
            live(
                "livenessProbe: {httpGet: {path: /-/ready, port: 10902}} # <-- finding",
                last: "WAL segment loaded")),
        .passes(
            "killed after the replay: another fault",
            live(
                "livenessProbe: {httpGet: {path: /-/healthy, port: 10902}}",
                last: "WAL replay completed")),
        .passes(
            "killed for memory: another fault",
            live(
                "livenessProbe: {httpGet: {path: /-/healthy, port: 10902}}",
                last: "WAL segment loaded", reason: "OOMKilled")),
    ]

    private static func live(_ probe: String, last: String, reason: String = "Error") -> String {
        receiver(probe, folder: "cluster/")
            + """

            ---
            \(PodExample.named("receiver-0"))
            status:
              conditions: [{type: Ready, status: "False"}]
              containerStatuses:
                - name: receive
                  restartCount: 5
                  state: {running: {}}
                  lastState: {terminated: {exitCode: 137, reason: \(reason)}}
            ---
            apiVersion: v1
            kind: Event
            metadata: {name: receiver-0.1, namespace: monitoring}
            involvedObject: {kind: Pod, namespace: monitoring, name: receiver-0}
            reason: Killing
            message: Container receive failed liveness probe, will be restarted
            -- logs/monitoring/receiver-0/receive.previous.log --
            level=info component=receive component=multi-tsdb tenant=a msg="opening TSDB"
            level=info component=multi-tsdb tenant=a msg="Replaying WAL, this may take a while"
            level=info component=multi-tsdb tenant=a msg="\(last)" segment=41 maxSegment=97
            -- logs/monitoring/receiver-0/receive.log --
            level=info component=receive component=multi-tsdb tenant=a msg="opening TSDB"
            """
    }

    private static func receiver(
        _ probe: String, argument: String = "--tsdb.path=/data", folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - \(argument)
                  \(probe)
        """
    }
}
