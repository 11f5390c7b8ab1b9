import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

private func agents(_ text: String) -> [Agent] {
    let documents = MarkedReader.stream(SourceText(name: "test.yaml", text: text)).documents
    return Pipeline(Objects(documents.flatMap { KubernetesObject.objects(in: $0) })).agents
}

/// A StatefulSet with one container, and a ConfigMap with a file for it.
private func workload(
    image: String, args: String, file: String = "x: y", owner: String = "[]"
) -> String {
    """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: agent, namespace: n, ownerReferences: \(owner)}
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - name: main
            image: \(image)
            args: \(args)
            env:
            - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: SITE, value: edge-1}
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}
            volumeMounts: [{name: c, mountPath: /etc/c}]
          volumes: [{name: c, configMap: {name: c}}]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: c, namespace: n}
    data:
      file: |
        \(file.replacing("\n", with: "\n    "))
    """
}

private let resource = """
    apiVersion: monitoring.coreos.com/v1alpha1
    kind: PrometheusAgent
    metadata: {name: edge, namespace: n}
    spec:
      replicas: 2
      version: v3.1.0
      replicaExternalLabelName: replica
      externalLabels: {cluster: edge-1}
      remoteWrite:
        - url: http://receiver:19291/api/v1/receive
          queueConfig: {maxShards: 4, retryOnRateLimit: true}
          messageVersion: V2.0
    """

@Suite("Agents")
struct AgentTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let image: String
        let args: String
        var file = "x: y"
        var program: Agent.Program?
        var urls: [String] = []
        var testDescription: String { "\(image) \(args)" }
    }

    private static let url = "http://r:19291/api/v1/receive"

    @Test(
        "are recognised as what they are, and only when they write remotely",
        arguments: [
            Row(
                image: "prom/prometheus:v3.1.0", args: "[--agent, --config.file=/etc/c/file]",
                file: "remote_write: [{url: \"\(url)\"}]", program: .prometheus, urls: [url]),
            Row(image: "prom/prometheus:v3.1.0", args: "[--config.file=/etc/c/file]"),
            Row(
                image: "mirror/victoriametrics/vmagent@sha256:00",
                args: "[\"-remoteWrite.url=\(url)\", \"--remoteWrite.url=http://b/api/v1/write\"]",
                program: .vmagent, urls: [url, "http://b/api/v1/write"]),
            Row(
                image: "otel/opentelemetry-collector-contrib:0.115.0",
                args: "[--config=/etc/c/file]",
                file: """
                    exporters:
                      otlp: {endpoint: "traces:4317"}
                      prometheusremotewrite/central: {endpoint: "\(url)"}
                    """, program: .collector, urls: [url]),
            Row(
                image: "otel/opentelemetry-collector:0.115.0", args: "[--config=/etc/c/file]",
                file: "exporters: {otlp: {endpoint: \"traces:4317\"}}"),
            Row(
                image: "grafana/alloy:v1.5.1", args: "[run, --storage.path=/d, /etc/c/file]",
                file: """
                    // prometheus.remote_write "old" { endpoint { url = "http://old" } }
                    loki.write "logs" { endpoint { url = "http://loki/push" } }
                    prometheus.remote_write "central" {
                      external_labels = { cluster = "a}b" }
                      endpoint {
                        url = "\(url)" /* url = "http://no" */
                        basic_auth { password = "url" }
                      }
                    }
                    discovery.http "x" { url = "http://sd" }
                    """, program: .alloy, urls: [url]),
            Row(
                image: "grafana/alloy:v1.5.1", args: "[run, /etc/c/file]",
                file: "loki.write \"logs\" { endpoint { url = \"http://loki/push\" } }"),
            Row(
                image: "grafana/agent:v0.43.0", args: "[-config.file=/etc/c/file]",
                file: "metrics: {configs: [{name: a, remote_write: [{url: \"\(url)\"}]}]}",
                program: .grafanaAgent, urls: [url]),
            Row(image: "jenkins/agent:1", args: "[run, /etc/c/file]"),
        ])
    func recognised(_ row: Row) {
        let found = agents(workload(image: row.image, args: row.args, file: row.file))
        #expect(found.map(\.program) == [row.program].compactMap(\.self))
        #expect(found.flatMap(\.remoteWrites).map(\.url.value) == row.urls)
    }

    @Test("a URL in Alloy's text has its place in the ConfigMap")
    func placesInAlloy() throws {
        let file = "prometheus.remote_write \"a\" {\n  endpoint {\n    url = \"http://r\"\n  }\n}"
        let args = "[run, /etc/c/file]"
        let agent = try #require(
            agents(workload(image: "grafana/alloy:v1", args: args, file: file)).first)
        let range = try #require(agent.remoteWrites.first?.url.range)
        #expect(range.text == "http://r")
        #expect(agent.configuration == nil)
        #expect(agent.remoteWrites.first?.knowsHeaders == false)
    }

    @Test("a text that is cut anywhere is read as far as it goes")
    func cutAlloy() {
        let text =
            "prometheus.remote_write \"a\" { endpoint { /* x */ url = \"http://\\\"r\" } } //"
        for length in 0...text.utf8.count {
            let cut = String(decoding: Array(text.utf8).prefix(length), as: UTF8.self)
            let found = agents(
                workload(image: "grafana/alloy:v1", args: "[run, /etc/c/file]", file: cut))
            #expect(found.count <= 1)
        }
    }

    @Test("a custom resource is an agent, with the labels that its operator adds")
    func customResource() throws {
        let agent = try #require(agents(resource).first)
        #expect(agent.program == .prometheus && agent.reference.kind == "PrometheusAgent")
        #expect(agent.version == Version(3, 1) && agent.replicas == 2)
        #expect(
            agent.sentLabels == [
                "cluster": .fixed("edge-1"), "prometheus": .fixed("n/edge"),
                "replica": .perPod(field: "metadata.name"),
            ])
        let target = try #require(agent.remoteWrites.first)
        #expect(target.setting("queue_config", "max_shards")?.int == 4)
        #expect(target.setting("queue_config", "retry_on_http_429")?.bool == true)
        #expect(target.setting("protobuf_message")?.string == "V2.0")
    }

    @Test("a custom resource and what was made of it are one agent")
    func customResourceWithWorkload() throws {
        let made = workload(
            image: "quay.io/prometheus/prometheus:v3.1.0", args: "[--agent]",
            owner: "[{kind: PrometheusAgent, name: edge, controller: true}]")
        let found = agents(made + "\n---\n" + resource)
        let agent = try #require(found.first)
        #expect(found.count == 1 && agent.reference.kind == "StatefulSet")
        #expect(agent.remoteWrites.count == 1)
        #expect(agent.sentLabels?["cluster"] == .fixed("edge-1"))
    }

    struct Label: Sendable, CustomTestStringConvertible {
        let written: String
        let args: String
        let value: LabelValue
        var image = "prom/prometheus:v2.53.0"
        var testDescription: String { "\(image) \(args) \(written)" }
    }

    private static let expanding = "--enable-feature=agent,expand-external-labels"

    @Test(
        "variables in labels are filled in as this release does",
        arguments: [
            Label(written: "edge-1", args: "--agent", value: .fixed("edge-1")),
            Label(
                written: "${POD}", args: "--enable-feature=agent", value: .fixed("${POD}")),
            Label(written: "${POD}", args: expanding, value: .perPod(field: "metadata.name")),
            Label(
                written: "x-$SITE-$$", args: "--agent", value: .fixed("x-edge-1-$"),
                image: "prom/prometheus:v3.0.0"),
            Label(
                written: "${TOKEN}", args: "--agent", value: .unknown,
                image: "prom/prometheus:v3.0.0"),
            Label(
                written: "${NOBODY}", args: "--agent", value: .fixed(""),
                image: "prom/prometheus:v3.0.0"),
            Label(
                written: "${POD}", args: "--agent", value: .unknown,
                image: "prom/prometheus:latest"),
            Label(
                written: "$(POD_NAME)", args: "--agent", value: .perPod(field: "metadata.name")),
        ])
    func labels(_ row: Label) throws {
        let agent = try #require(
            agents(
                workload(
                    image: row.image, args: "[\"\(row.args)\", --config.file=/etc/c/file]",
                    file: "global: {external_labels: {replica: \"\(row.written)\"}}")
            ).first)
        #expect(agent.sentLabels?["replica"] == row.value)
    }

    @Test("flags keep their places, with one dash or two, attached or apart")
    func flags() throws {
        let args = "[--agent, --storage.agent.path, /data, -log.level=debug]"
        let agent = try #require(agents(workload(image: "prometheus:v3", args: args)).first)
        #expect(agent.flags.map(\.name) == ["agent", "storage.agent.path", "log.level"])
        #expect(agent.flag("storage.agent.path")?.value == "/data")
        #expect(agent.flag("log.level")?.range.text == "-log.level=debug")
    }
}
