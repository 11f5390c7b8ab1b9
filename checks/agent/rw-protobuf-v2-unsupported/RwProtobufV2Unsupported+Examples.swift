import Diagnosis

extension Check {
    static let rwProtobufV2UnsupportedExamples: [Example] = [
        .triggers(
            "a release that knows only 1.0",
            AgentExample.receivers(folder: "")
                + AgentExample.manifests(
                    folder: "", image: "prom/prometheus:v3.1.0", args: "[--agent]",
                    url: "http://receiver.monitoring.svc:19291/api/v1/receive",
                    rest: second + " # <-- finding")),
        .triggers(
            "a custom resource",
            AgentExample.receivers()
                + """
                -- cluster/agent.yaml --
                apiVersion: monitoring.coreos.com/v1alpha1
                kind: PrometheusAgent
                metadata: {name: edge, namespace: monitoring}
                spec:
                  remoteWrite:
                    - url: http://10.0.0.7:19291/api/v1/receive
                      messageVersion: V2.0 # <-- finding
                """),
        .triggers(
            "an edge that is newer than the receivers",
            AgentExample.manifests(
                image: "prom/prometheus:v3.1.0", args: "[--agent]", rest: second + " # <-- finding")
                + AgentExample.receivers(folder: "clusters/central/cluster/")),
        .triggers(
            "a digest does not say which release it is",
            AgentExample.receivers(image: "quay.io/thanos/thanos@sha256:00")
                + AgentExample.manifests(rest: second + " # <-- finding")),
        .triggers(
            "the agent's log tells",
            AgentExample.running(rest: second + " # <-- finding")
                + AgentExample.log(AgentExample.dropped(statistics))),
        .triggers(
            "a router that is newer than its ingestors",
            routed(router: "v0.43.0 # <-- finding", ingestor: "v0.42.4")),
        .triggers(
            "a router of unknown release: a hint",
            routed(router: "main # <-- finding", ingestor: "v0.37.2")),
        .passes("ingestors first", routed(router: "v0.42.4", ingestor: "v0.43.0")),
        .passes("all of one release", routed(router: "v0.43.0", ingestor: "v0.43.0")),
        .passes("no release is stated", routed(router: "main", ingestor: "main")),
        .passes(
            "remote write 1.0",
            AgentExample.receivers()
                + AgentExample.manifests(rest: "\nprotobuf_message: prometheus.WriteRequest")),
        .passes(
            "a release that understands it",
            AgentExample.receivers(image: "quay.io/thanos/thanos:v0.43.0")
                + AgentExample.manifests(rest: second)),
        .passes(
            "receivers that are as new as the edge",
            AgentExample.manifests(
                image: "prom/prometheus:v3.1.0", args: "[--agent]", rest: second)
                + AgentExample.receivers(
                    folder: "clusters/central/cluster/", image: "quay.io/thanos/thanos:v0.43.0")),
        .passes(
            "a Prometheus that understands it",
            AgentExample.manifests(url: "http://prometheus:9090/api/v1/write", rest: second)),
    ]

    private static func routed(router: String, ingestor: String) -> String {
        AgentExample.receivers(folder: "", image: "quay.io/thanos/thanos:\(ingestor)")
            + """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: router, namespace: monitoring}
            spec:
              selector: {}
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:\(router)
                      args: [receive, '--receive.hashrings=[{"endpoints":["receiver-0:10901"]}]']
            """
    }

    private static let second = "\nprotobuf_message: io.prometheus.write.v2.Request"

    // The spelling is Prometheus' own.
    private static let statistics =
        "sent v2 request with 500 samples, 0 histograms and 0 exemplars; got 2xx, but PRW 2.0 "
        + "response header statistics indicate 0 samples, 0 histograms and 0 exemplars were "
        + "accepted; assumining failure e.g. the target only supports PRW 1.0 "
        + "prometheus.WriteRequest, but does not check the Content-Type header correctly"
}
