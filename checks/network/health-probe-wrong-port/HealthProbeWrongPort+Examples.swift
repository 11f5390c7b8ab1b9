import Diagnosis

extension Check {
    static let healthProbeWrongPortExamples: [Example] = [
        .triggers(
            "a smoke test asks the VIP",
            """
            -- smoke-test.yaml --
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: smoke-test, namespace: monitoring}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers:
                        - name: curl
                          command: [/bin/sh, -c]
                          args:
                            - |
                              # is it healthy
                              curl -sS http://127.77.0.210:19291/-/healthy # <-- finding
                              echo done
            """),
        .triggers(
            "a readiness probe by the port's name",
            receiver(
                """
                readinessProbe:
                            httpGet:
                              path: /-/ready
                              port: remote-write # <-- finding
                """)),
        .triggers(
            "liveness on the port of gRPC",
            receiver(
                """
                livenessProbe:
                            httpGet:
                              path: /-/healthy
                              port: 10901 # <-- finding
                """)),
        .passes(
            "probes on the HTTP port",
            receiver("readinessProbe: {httpGet: {path: /-/ready, port: 10902}}")),
        .passes(
            "a TCP probe asks for no path",
            receiver("readinessProbe: {tcpSocket: {port: 19291}}")),
        .passes(
            "an empty write is the right test",
            """
            -- smoke-test.yaml --
            apiVersion: v1
            kind: Pod
            metadata: {name: smoke-test, namespace: monitoring}
            spec:
              containers:
                - name: curl
                  args: [-X, POST, "http://127.77.0.210:19291/api/v1/receive"]
                - name: health
                  args: ["http://receiver.monitoring.svc:10902/-/healthy"]
            """),
        .passes(
            "another program on the port that the receiver uses here",
            receiver("args: [receive, \"--remote-write.address=:8080\"]")
                + """

                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: other, namespace: monitoring}
                spec: {containers: [{name: curl, args: ["http://shop.web.svc:8080/-/ready"]}]}
                """),
    ]

    private static func receiver(_ field: String) -> String {
        let arguments = field.hasPrefix("args") ? "" : "\n          args: [receive]"
        return """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2\(arguments)
                      ports: [{name: remote-write, containerPort: 19291}]
                      \(field)
            """
    }
}
