import Diagnosis

extension Check {
    static let ingressBackendMismatchExamples: [Example] = [
        .triggers("a port that the Service does not have", bundle("number: 80 # <-- finding")),
        .triggers(
            "a name that no port has, live",
            bundle("name: http # <-- finding", in: "cluster/")),
        .triggers(
            "writes are sent to the port of metrics",
            bundle("number: 10902 # <-- finding", other: "{name: http, port: 10902}")),
        .triggers(
            "a path that receivers do not know",
            bundle("number: 19291", path: "path: /api/v1/write # <-- finding")),
        .triggers(
            "agents write to the address, and the rules name a host",
            addressed(rules: "rules: # <-- finding", to: "10.0.0.9")),
        .triggers(
            "a live Ingress turns writes away",
            addressed(rules: "rules: # <-- finding", to: "receive.example")
                + "-- probes.txt --\n"
                + "remoteWrite http://receive.example:80/api/v1/receive wrongPath answered 404\n"),
        .triggers(
            "an Ingress with a certificate redirects what is written by http",
            encrypted("http://receive.example/api/v1/receive", mark: " # <-- finding")),
        .triggers(
            "and the agent follows no redirect",
            encrypted(
                "http://receive.example/api/v1/receive\", followRedirects: false, name: \"a",
                mark: " # <-- finding")),
        .passes(
            "agents write by https", encrypted("https://receive.example/api/v1/receive")),
        .passes(
            "Cilium is told not to redirect",
            encrypted("http://receive.example/api/v1/receive", force: "disabled")),
        .passes("the port by number", bundle("number: 19291")),
        .passes("the port by name", bundle("name: remote-write")),
        .passes(
            "an Ingress that only redirects",
            bundle(
                "number: 80",
                annotation: "nginx.ingress.kubernetes.io/permanent-redirect: https://a.example/")),
        .passes("a backend that an annotation names", bundle("name: use-annotation")),
        .passes("the Service of something else", bundle("number: 80", service: "other")),
        .passes(
            "metrics are shown under a path of their own",
            bundle("number: 10902", path: "path: /metrics", other: "{name: http, port: 10902}")),
        .passes(
            "the Ingress rewrites the path",
            bundle(
                "number: 19291", path: "path: /api/v1/write",
                annotation: "nginx.ingress.kubernetes.io/rewrite-target: /api/v1/receive")),
        .passes(
            "agents write to the host of the rule",
            addressed(rules: "rules:", to: "receive.example")
                + "-- probes.txt --\n"
                + "remoteWrite http://receive.example:80/api/v1/receive passed\n"),
        .passes(
            "agents write to another port of the same address",
            addressed(rules: "rules:", to: "10.0.0.9:19291")),
    ]

    private static func bundle(
        _ port: String, service: String = "receiver", path: String = "path: /api/v1/receive",
        other: String = "{name: grpc, port: 10901}", annotation: String = "note: none",
        in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: receiver
          namespace: monitoring
          annotations: {\(annotation)}
        spec:
          ingressClassName: cilium
          rules:
            - http:
                paths:
                  - \(path)
                    pathType: Prefix
                    backend:
                      service:
                        name: \(service)
                        port:
                          \(port)
        ---
        \(receivers(other))
        """
    }

    private static func addressed(rules: String, to host: String) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: receiver, namespace: monitoring}
        spec:
          ingressClassName: cilium
          \(rules)
            - host: receive.example
              http:
                paths:
                  - path: /api/v1/receive
                    pathType: Prefix
                    backend: {service: {name: receiver, port: {number: 19291}}}
        status: {loadBalancer: {ingress: [{ip: 10.0.0.9}]}}
        ---
        \(receivers("{name: http, port: 10902}"))
        -- clusters/edge/cluster/agent.yaml --
        apiVersion: monitoring.coreos.com/v1alpha1
        kind: PrometheusAgent
        metadata: {name: edge, namespace: monitoring}
        spec: {remoteWrite: [{url: "http://\(host)/api/v1/receive"}]}

        """
    }

    private static func encrypted(
        _ url: String, force: String = "enabled", mark: String = ""
    ) -> String {
        addressed(rules: "rules:", to: "receive.example")
            .replacing("http://receive.example/api/v1/receive", with: url)
            .replacing(
                "  rules:",
                with: "  tls:\(mark)\n    - {hosts: [receive.example], secretName: tls}\n  rules:"
            )
            .replacing(
                "name: receiver, namespace: monitoring}\nspec:\n  ingressClassName",
                with: "name: receiver, namespace: monitoring, annotations: "
                    + "{ingress.cilium.io/force-https: \(force)}}\nspec:\n  ingressClassName")
    }

    private static func receivers(_ port: String) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}, ports: [{name: remote-write, port: 19291}, \(port)]}
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
