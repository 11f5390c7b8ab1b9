import Diagnosis

extension Check {
    static let rwUrlWrongExamples: [Example] = [
        .triggers(
            "Prometheus' path instead of Thanos'",
            AgentExample.receivers(folder: "")
                + AgentExample.manifests(
                    folder: "", url: "http://receiver.monitoring.svc:19291/api/v1/write",
                    rest: " # <-- finding")),
        .triggers(
            "the port of metrics",
            AgentExample.receivers()
                + AgentExample.manifests(
                    url: "http://10.0.0.7:10902/api/v1/receive", rest: " # <-- finding")),
        .triggers(
            "a port that the Service does not have",
            AgentExample.receivers()
                + AgentExample.manifests(
                    url: "http://10.0.0.7/api/v1/receive", rest: " # <-- finding")),
        .triggers(
            "no path, from another cluster",
            AgentExample.manifests(url: "http://10.0.0.7:19291", rest: " # <-- finding")
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .triggers(
            "an address that the receivers' cluster does not have",
            AgentExample.manifests(
                url: "http://10.0.0.8:19291/api/v1/receive", rest: " # <-- finding")
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .passes(
            "a name may stand for any address",
            AgentExample.manifests(url: "http://metrics.example.com:19291/api/v1/receive")
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .passes(
            "the address of the receivers' cluster",
            AgentExample.manifests()
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .triggers(
            "a custom resource of the Prometheus Operator",
            AgentExample.receivers()
                + """
                -- cluster/agent.yaml --
                apiVersion: monitoring.coreos.com/v1alpha1
                kind: PrometheusAgent
                metadata: {name: edge, namespace: monitoring}
                spec:
                  remoteWrite:
                    - url: http://10.0.0.7:19291/receive # <-- finding
                """),
        .triggers(
            "a 404 from an address that nobody knows",
            AgentExample.running(
                url: "http://metrics.example.com/api/v1/receive", rest: " # <-- finding")
                + AgentExample.log(
                    AgentExample.dropped(
                        "server returned HTTP status 404 Not Found: 404 page not found"))),
        .triggers(
            "the agents' address answers, and another program stands there",
            AgentExample.manifests(url: "http://10.0.0.8/api/v1/receive")
                + service("10.0.0.8", mark: true)
                + probe("http://10.0.0.8/api/v1/receive wrongPath answered 404: <html>")),
        .triggers(
            "the same for agents that name themselves: a warning",
            AgentExample.manifests(
                url: "http://10.0.0.8/api/v1/receive",
                rest: "\nbasic_auth: {username: edge, password_file: /etc/secret}")
                + service("10.0.0.8", mark: true)
                + probe("http://10.0.0.8/api/v1/receive wrongPath answered 404")),
        .triggers(
            "the receivers' own port answers, and no receiver",
            AgentExample.receivers().replacing(
                service, with: service + " # <-- finding")
                + probe(
                    "http://10.0.0.7:19291/api/v1/receive wrongPath answered 404: 404 page not "
                        + "found")),
        .triggers(
            "an address that was typed: a warning",
            probe("http://127.77.0.210/api/v1/receive wrongPath answered 404: 404 page not found")),
        .triggers(
            "a redirect that an agent follows: a note",
            probe("http://127.77.0.210/api/v1/receive redirected answered 308")),
        .passes(
            "the default backend of an Ingress that routes by name",
            service("127.77.0.210", ingress: true)
                + probe("http://127.77.0.210/api/v1/receive wrongPath answered 404")),
        .passes(
            "other failures are no wrong path",
            probe("http://127.77.0.210:19291/api/v1/receive refused")),
        .passes(
            "a receiver serves its health elsewhere",
            "-- probes.txt --\nready http://127.77.0.210:10902/-/ready wrongPath answered 404\n"),
        .passes(
            "the right place",
            AgentExample.receivers() + AgentExample.manifests()),
        .passes(
            "a slash behind it is redirected",
            AgentExample.receivers()
                + AgentExample.manifests(url: "http://10.0.0.7:19291/api/v1/receive/")),
        .passes(
            "another program may take another path",
            AgentExample.receivers()
                + AgentExample.manifests(url: "http://mimir.monitoring.svc/api/v1/push")),
        .passes(
            "a name of another cluster's own DNS",
            AgentExample.manifests(url: "http://receiver.monitoring.svc:10902/")
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .passes(
            "a Service that shares the address has the port",
            AgentExample.receivers(
                rest: """
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: gateway, namespace: ingress}
                    spec: {type: LoadBalancer, selector: {app: gateway}, ports: [{port: 443}]}
                    status: {loadBalancer: {ingress: [{ip: 10.0.0.7}]}}
                    """)
                + AgentExample.manifests(url: "https://10.0.0.7/api/v1/receive")),
        .passes("a proxy in the pod takes the writes", behindProxy),
        .passes(
            "a 409 is not the URL's fault",
            AgentExample.running()
                + AgentExample.log(
                    AgentExample.dropped(
                        "server returned HTTP status 409 Conflict: out of order sample"))),
    ]

    private static let service =
        "kind: Service\nmetadata: {name: receiver, namespace: monitoring}"

    private static func probe(_ line: String) -> String {
        "-- probes.txt --\nremoteWrite \(line)\n"
    }

    /// A Service of something else, with the Ingress that it serves.
    private static func service(
        _ address: String, mark: Bool = false, ingress: Bool = false
    ) -> String {
        let rule = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: receive, namespace: monitoring}
            spec:
              rules:
                - host: metrics.example.com
                  http: {paths: [{path: /, backend: {service: {name: receiver}}}]}
            status: {loadBalancer: {ingress: [{ip: \(address)}]}}

            """
        return """
            -- cluster/gateway.yaml --
            apiVersion: v1
            kind: Service
            metadata:
              name: gateway\(mark ? " # <-- finding" : "")
              namespace: ingress
            spec: {type: LoadBalancer, selector: {app: gateway}, ports: [{port: 80}]}
            status: {loadBalancer: {ingress: [{ip: \(address)}]}}
            \(ingress ? rule : "")
            """
    }

    private static let behindProxy =
        AgentExample.manifests(url: "http://10.0.0.8:8443/write") + """
            -- cluster/receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - {name: proxy, image: "envoyproxy/envoy:v1.31.0"}
                    - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver, namespace: monitoring}
            spec: {selector: {app: receiver}, ports: [{port: 8443}], externalIPs: [10.0.0.8]}
            """
}
