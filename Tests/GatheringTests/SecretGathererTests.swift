import CurlHTTP
import KubernetesAPI
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import Gathering

/// Agents whose configuration sits in a Secret, as the Prometheus Operator stores it.
@Suite("Configurations in Secrets")
struct SecretGathererTests {
    /// A configuration with one remote write, as gzip(1) packs it, in base64.
    private static let compressed =
        "H4sIAAAAAAACAytKzc0vSY0vL8osSbXiUlDQVSgtyrFSyCgpKbDS1zc0MtczAEJDK0NLI0tD/cSCTP0yQ/2i1OTUzLJULgAswbNcPQAAAA=="

    private static func agents(volume: String, mount: String) -> [Agent] {
        let text = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: prom-agent, namespace: m}
            spec:
              template:
                spec:
                  containers:
                  - name: prometheus
                    image: prom/prometheus:v3.1.0
                    args: [--agent, --config.file=/etc/prometheus/out/prometheus.yaml]
                    volumeMounts: [\(mount)]
                  volumes: [\(volume)]
            """
        let documents = MarkedReader.stream(SourceText(name: "a.yaml", text: text)).documents
        return Pipeline(Objects(documents.flatMap { KubernetesObject.objects(in: $0) })).agents
    }

    private static func client(_ replies: [ScriptedTransport.Exchange]) -> KubernetesClient {
        let connection = ClusterConnection(
            server: "https://127.0.0.1:6443", authorization: .bearer("t"), namespace: "m",
            context: "c", user: "u")
        return KubernetesClient(
            connection, transport: ScriptedTransport(replies),
            budget: RequestBudget(total: .seconds(30)))
    }

    private static func secret(_ key: String, _ value: String) -> ScriptedTransport.Reply {
        let text = """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "m"},
             "data": {"\(key)": "\(value)", "other": "bm90IGFza2VkIGZvcg=="}}
            """
        return .response(
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"],
                body: Array(text.utf8)))
    }

    private static let path = "/api/v1/namespaces/m/secrets/s"

    @Test("the operator's compressed configuration is found behind its reloader's folder")
    func compressedConfiguration() async throws {
        let agents = Self.agents(
            volume: "{name: out, emptyDir: {}}, {name: config, secret: {secretName: s}}",
            mount: "{name: out, mountPath: /etc/prometheus/out}")
        let agent = try #require(agents.first)
        #expect(agent.configuration == nil)
        let key = try #require(agent.secret)
        let client = Self.client([
            .init(.get, Self.path, Self.secret("prometheus.yaml.gz", Self.compressed))
        ])
        let found = await SecretGatherer(client: client).texts(of: agents.compactMap(\.secret))
        #expect(found.failure == nil)
        let text = try #require(found.texts[key])
        let document = try #require(YAMLReader.stream(text).documents.first)
        let target = PrometheusConfiguration(document).remoteWrites.first
        #expect(target?.url.value == "http://127.0.0.1:19291/api/v1/receive")
    }

    @Test("a Secret that is mounted in place is read as it is")
    func plainConfiguration() async throws {
        let agents = Self.agents(
            volume: "{name: c, secret: {secretName: s}}",
            mount: "{name: c, mountPath: /etc/prometheus/out}")
        let client = Self.client([
            .init(.get, Self.path, Self.secret("prometheus.yaml", "cmVtb3RlX3dyaXRlOiBbXQo="))
        ])
        let found = await SecretGatherer(client: client).texts(of: agents.compactMap(\.secret))
        #expect(
            found.texts.values.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "remote_write: []\n"
            ])
    }

    @Test("what is no gzip stays unread, and a Secret that is gone is no failure")
    func unusable() async throws {
        let agents = Self.agents(
            volume: "{name: out, emptyDir: {}}, {name: config, secret: {secretName: s}}",
            mount: "{name: out, mountPath: /etc/prometheus/out}")
        let garbage = Self.client([
            .init(.get, Self.path, Self.secret("prometheus.yaml.gz", "bm8gZ3ppcA=="))
        ])
        #expect(
            await SecretGatherer(client: garbage).texts(of: agents.compactMap(\.secret)).texts
                .isEmpty)
        let gone = Self.client([
            .init(
                .get, Self.path,
                .response(
                    HTTPResponse(
                        status: 404, headers: ["Content-Type": "application/json"],
                        body: Array(
                            """
                            {"kind": "Status", "status": "Failure", "code": 404,
                             "reason": "NotFound", "message": "secrets s not found",
                             "details": {"name": "s", "kind": "secrets"}}
                            """.utf8))))
        ])
        #expect(
            await SecretGatherer(client: gone).texts(of: agents.compactMap(\.secret)).failure == nil
        )
    }
}
