import Diagnosis

extension Check {
    static let svcSelectorPortMismatchExamples: [Example] = [
        .triggers(
            "a target port that nobody listens on",
            bundle("ports: [{port: 19291, targetPort: 10908}] # <-- finding")),
        .triggers(
            "a target name that no container has",
            bundle("ports: [{port: 19291, targetPort: receive}] # <-- finding")),
        .triggers(
            "remote write over UDP", bundle("ports: [{port: 19291, protocol: UDP}] # <-- finding")),
        .triggers(
            "a selector that matches nothing, in a live cluster",
            bundle(
                "ports: [{port: 19291}]",
                selector: "{app.kubernetes.io/name: receiver} # <-- finding",
                in: "cluster/")),
        .triggers(
            "a selector that matches nothing among some manifests: a warning",
            bundle("ports: [{port: 19291}]", selector: "{app: receive} # <-- finding")),
        .triggers(
            "a dead port of a Service that is not for writes: a warning",
            bundle(
                """
                ports:
                    - {name: grpc, port: 10901}
                    - {name: http, port: 10902, targetPort: 9090} # <-- finding
                """)),
        .triggers(
            "a dead port beside a good one: a warning",
            bundle(
                """
                ports:
                    - {port: 19291}
                    - {port: 80, targetPort: 8080} # <-- finding
                """)),
        .triggers(
            "the selector also matches Query",
            bundle("ports: [{port: 19291}]", selector: "{app: receiver} # <-- finding") + query),
        .passes(
            "the port's name belongs to the receivers alone",
            bundle("ports: [{port: 19291, targetPort: remote-write}]") + query),
        .passes(
            "a native sidecar has the port's name",
            bundle("ports: [{port: 443, targetPort: tls}]") + """

                      initContainers:
                        - name: proxy
                          image: envoyproxy/envoy:v1.31.0
                          restartPolicy: Always
                          ports: [{name: tls, containerPort: 8443}]
                """),
        .passes("the port by number", bundle("ports: [{port: 80, targetPort: 19291}]")),
        .passes("the port by name", bundle("ports: [{port: 80, targetPort: remote-write}]")),
        .passes(
            "a listener on another port",
            bundle(
                "ports: [{port: 19291, targetPort: 9000}]",
                flag: "--remote-write.address=0.0.0.0:9000")),
        .passes(
            "a proxy beside the receiver takes the writes",
            bundle(
                "ports: [{port: 8443, targetPort: 8443}]",
                sidecar: "{name: proxy, image: \"envoyproxy/envoy:v1.31.0\"}")),
        .passes(
            "a headless Service has no ports to translate",
            bundle("clusterIP: None\n  ports: [{port: 1, targetPort: 1}]")),
        .passes(
            "the Service of something else",
            bundle("ports: [{port: 8080}]", selector: "{app: other}", in: "cluster/")),
        .passes(
            "endpoints by hand",
            bundle("ports: [{port: 19291}]", selector: "{}", in: "cluster/")),
    ]

    private static let query = """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: query, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: query, image: "quay.io/thanos/thanos:v0.37.2", args: [query]}
        """

    private static func bundle(
        _ ports: String, selector: String = "{app: receiver}",
        flag: String = "--log.level=info",
        sidecar: String = "", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec:
          selector: \(selector)
          \(ports)
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, "\(flag)"]
                  ports: [{name: remote-write, containerPort: 19291}]
                \(sidecar.isEmpty ? "" : "- \(sidecar)")
        """
    }
}
