import Diagnosis

extension Check {
    static let probesMissingOrWrongExamples: [Example] = [
        .triggers("no readiness probe", receiver("tty: false", mark: " # <-- finding")),
        .triggers(
            "none in the cluster", receiver("tty: false", mark: " # <-- finding", in: "cluster/")),
        .triggers(
            "a readiness probe that only connects",
            receiver(
                """
                readinessProbe:
                  tcpSocket: {port: 19291} # <-- finding
                """)),
        .triggers(
            "exchanged: readiness asks whether it is healthy",
            receiver(
                """
                readinessProbe:
                  httpGet:
                    path: /-/healthy # <-- finding
                    port: 10902
                """)),
        .triggers(
            "a port where nothing listens",
            receiver(
                """
                readinessProbe: {httpGet: {path: /-/ready, port: http}}
                livenessProbe:
                  httpGet:
                    path: /-/healthy
                    port: 8080 # <-- finding
                """)),
        .triggers(
            "the default port, and --http-address says otherwise",
            receiver(
                """
                readinessProbe:
                  httpGet:
                    path: /-/ready
                    port: 10902 # <-- finding
                """, flag: "--http-address=:10912")),
        .triggers(
            "a name that no port has",
            receiver(
                """
                readinessProbe:
                  httpGet:
                    path: /-/ready
                    port: metrics # <-- finding
                """)),
        .triggers(
            "TLS where there is none",
            receiver(
                """
                readinessProbe:
                  httpGet:
                    path: /-/ready
                    port: 10902
                    scheme: HTTPS # <-- finding
                """)),
        .triggers(
            "plain HTTP where --http.config asks for TLS",
            receiver(
                """
                readinessProbe:
                  httpGet:
                    path: /-/ready
                    port: 10902 # <-- finding
                """, flag: "--http.config=/etc/web/web.yaml")
                + webConfiguration("tls_server_config: {cert_file: tls.crt, key_file: tls.key}")),
        .passes(
            "a password and no TLS",
            receiver(good, flag: "--http.config=/etc/web/web.yaml")
                + webConfiguration("basic_auth_users: {}")),
        .passes("both, on the HTTP port", receiver(good)),
        .passes("both, on the HTTP port of the cluster", receiver(good, in: "cluster/")),
        .passes(
            "TLS by --http.config",
            receiver(
                "readinessProbe: {httpGet: {path: /-/ready, port: http, scheme: HTTPS}}",
                flag: "--http.config=/etc/web.yaml")),
        .passes("readiness by gRPC", receiver("readinessProbe: {grpc: {port: 10901}}")),
        .passes(
            "a command that asks",
            receiver("readinessProbe: {exec: {command: [wget, -qO-, \"localhost:10902/-/ready\"]}}")
        ),
        .passes(
            "a startup probe waits for the replay",
            receiver(
                "startupProbe: {httpGet: {path: /-/ready, port: 10902}, failureThreshold: 180}")),
        .passes(
            "liveness by a connection",
            receiver(good.replacing("httpGet: {path: /-/healthy, port: http}", with: connecting))),
        .passes(
            "the port of a sidecar",
            receiver("readinessProbe: {httpGet: {path: /-/ready, port: 8443, scheme: HTTPS}}")
                + "        - {name: proxy, image: envoyproxy/envoy}\n"),
        .triggers(
            "the port of remote write, which answers 404",
            receiver("readinessProbe: {httpGet: {path: /-/ready, port: 19291}} # <-- finding")),
        .passes(
            "an overlay states it",
            receiver("tty: false") + """
                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {template: {spec: {containers: [{name: receive, readinessProbe: {}}]}}}

                """),
    ]

    private static let connecting = "tcpSocket: {port: 10902}"
    private static let good = """
        readinessProbe: {httpGet: {path: /-/ready, port: http}}
        livenessProbe: {httpGet: {path: /-/healthy, port: http}}
        """

    private static func receiver(
        _ probes: String, mark: String = "", flag: String = "--log.level=info",
        in folder: String = ""
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
                - name: receive\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, \(flag)]
                  ports: [{name: http, containerPort: 10902}]
                  volumeMounts: [{name: web, mountPath: /etc/web}]
                  \(probes.split(separator: "\n").joined(separator: "\n          "))

        """
    }

    /// Goes with a receiver whose volumes are those of the pod.
    private static func webConfiguration(_ text: String) -> String {
        """
              volumes: [{name: web, configMap: {name: web}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web, namespace: monitoring}
        data:
          web.yaml: |
            \(text)

        """
    }
}
