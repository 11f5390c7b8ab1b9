import Diagnosis

extension Check {
    static let rwTlsMismatchExamples: [Example] = [
        .triggers("https to a plain receiver", bundle(scheme: "https", mark: true)),
        .triggers(
            "http to a receiver with TLS",
            bundle(
                scheme: "http", flag: "--remote-write.server-tls-cert=/tls/tls.crt", mark: true)),
        .triggers(
            "nobody speaks TLS at the address",
            bundle(scheme: "http", in: "cluster/", serviceMark: " # <-- finding")
                + "\n-- probes.txt --\n"
                + "remoteWrite https://127.77.0.210:19291/api/v1/receive tlsNotSpoken"),
        .triggers(
            "a real agent's line",
            bundle(scheme: "https", port: 20000, in: "cluster/", mark: true) + """

                -- logs/monitoring/agent-0/prometheus.log --
                ts=2026-11-24T11:59:15.781Z caller=dedupe.go:112 component=remote level=warn \
                remote_name=tls url=https://127.77.0.210:20000/api/v1/receive \
                msg="Failed to send batch, retrying" \
                err="Post \\"https://127.77.0.210:20000/api/v1/receive\\": tls: first record does \
                not look like a TLS handshake"
                -- now.txt --
                1795521600
                """),
        .passes(
            "the receivers' own trouble with TLS, which the agent quotes",
            bundle(scheme: "http", port: 20000, in: "cluster/") + """

                -- logs/monitoring/agent-0/prometheus.log --
                ts=2026-11-24T11:59:15.781Z caller=dedupe.go:112 component=remote level=warn \
                remote_name=tls url=http://127.77.0.210:20000/api/v1/receive \
                msg="Failed to send batch, retrying" \
                err="server returned HTTP status 503 Service Unavailable: forwarding request to \
                endpoint: authentication handshake failed: tls: first record does not look like a \
                TLS handshake"
                -- now.txt --
                1795521600
                """),
        .triggers(
            "an edge speaks TLS to the plain receivers of another cluster",
            bundle(scheme: "https", in: "clusters/edge/cluster/", mark: true)
                .replacing(
                    "---\napiVersion: v1\nkind: Service",
                    with: "-- cluster/receiver.yaml --\napiVersion: v1\nkind: Service")),
        .triggers(
            "the receiver asks for a certificate that the agent does not show",
            bundle(scheme: "https", flag: mutual, mark: true)),
        .passes(
            "the agent shows one",
            bundle(scheme: "https", flag: mutual).replacing(
                "api/v1/receive\n",
                with: "api/v1/receive\n        tls_config: {cert_file: /a.crt, key_file: /a.key}\n")
        ),
        .passes("http to a plain receiver", bundle(scheme: "http")),
        .passes(
            "https to a receiver with TLS",
            bundle(scheme: "https", flag: "--remote-write.server-tls-cert=/tls/tls.crt")),
        .passes(
            "a proxy beside the receiver ends TLS",
            bundle(scheme: "https", sidecar: "- {name: proxy, image: envoy}")),
        .passes(
            "a cloud's load balancer ends TLS",
            bundle(scheme: "https").replacing(
                "{lbipam.cilium.io/ips: 127.77.0.210}",
                with: "{lbipam.cilium.io/ips: 127.77.0.210, "
                    + "service.beta.kubernetes.io/do-loadbalancer-certificate-id: abc}")),
        .passes("https to another port, a proxy's", bundle(scheme: "https", port: 8443)),
    ]

    private static let mutual =
        "--remote-write.server-tls-cert=/t/tls.crt\", "
        + "\"--remote-write.server-tls-client-ca=/t/ca.crt"

    private static func bundle(
        scheme: String, port: Int = 19291, flag: String = "--log.level=info",
        sidecar: String = "", in folder: String = "", mark: Bool = false, serviceMark: String = ""
    ) -> String {
        let agent = AgentExample.manifests(
            folder: folder, url: "\(scheme)://127.77.0.210:\(port)/api/v1/receive",
            rest: mark ? " # <-- finding" : "")
        return """
            \(agent)
            ---
            \(PodExample.named("agent-0"))
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: receiver\(serviceMark)
              namespace: monitoring
              annotations: {lbipam.cilium.io/ips: 127.77.0.210}
            spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive, "\(flag)"]}
                    \(sidecar)
            """
    }
}
