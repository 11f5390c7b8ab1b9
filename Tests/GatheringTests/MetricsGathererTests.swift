import CurlHTTP
import Evidence
import KubernetesAPI
import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel
import Testing

@testable import Gathering

@Suite("Gathering metrics through the API server")
struct MetricsGathererTests {
    private static func pod(_ name: String, state: String = "running") -> String {
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "\(name)", "namespace": "m",
          "ownerReferences": [{"kind": "StatefulSet", "name": "r", "controller": true}]},
         "spec": {"containers": []},
         "status": {"containerStatuses": [{"name": "c", "state": {"\(state)": {}}}]}}
        """
    }

    private static func pipeline(_ pods: String...) -> Pipeline {
        let receiver = """
            {"apiVersion": "apps/v1", "kind": "StatefulSet",
             "metadata": {"name": "r", "namespace": "m"},
             "spec": {"template": {"spec": {"containers": [
              {"name": "c", "args": ["receive", "--tsdb.path=/d", "--http-address=0.0.0.0:10903"]}]}}}}
            """
        let objects = ([receiver] + pods).flatMap { text in
            YAMLReader.stream(SourceText(name: "objects", text: text)).documents
        }.compactMap { KubernetesObject($0) }
        return Pipeline(Objects(objects))
    }

    private static func reply(_ pod: String, _ status: Int, _ text: String)
        -> ScriptedTransport.Exchange
    {
        .init(
            .get, "/api/v1/namespaces/m/pods/\(pod):10903/proxy/metrics",
            .response(HTTPResponse(status: status, headers: [:], body: Array(text.utf8))))
    }

    private static func gathered(
        _ pipeline: Pipeline, interval: Duration? = nil, from transport: ScriptedTransport
    ) async -> MetricsGatherer.Result {
        let connection = ClusterConnection(server: "http://127.0.0.1:1", namespace: "m")
        let client = KubernetesClient(
            connection, transport: transport, budget: RequestBudget(total: .seconds(30)))
        return await MetricsGatherer(
            client: client, families: ["a_total"], interval: interval, progress: { _ in }
        ).gather(pipeline)
    }

    @Test("looks twice where a rate is wanted, and only at what is wanted")
    func twice() async throws {
        let transport = ScriptedTransport([
            Self.reply("r-0", 200, "a_total 1\nb 5\n"), Self.reply("r-0", 200, "a_total 6\n"),
        ])
        let result = await Self.gathered(
            Self.pipeline(Self.pod("r-0"), Self.pod("r-1", state: "waiting")), interval: .zero,
            from: transport)
        let pod = try #require(result.observed.items.first)
        #expect(result.observed.items.count == 1)
        #expect(pod.page.names == ["a_total"])
        #expect(pod.sum("a_total") == 6)
        #expect(pod.rate("a_total").map { $0 > 0 } == true)
        #expect(result.gaps.isEmpty && result.failures.isEmpty)
        #expect(transport.unused.isEmpty)
    }

    @Test(
        "says what a pod answered instead",
        arguments: [
            (200, "<html>hello</html>\n", "metrics of Pod m/r-0: another page than metrics"),
            (404, "404 page not found\n", "metrics of Pod m/r-0: HTTP status 404"),
            (200, "a_total 1\na_total one\n", "metrics of Pod m/r-0: no metric in line 2"),
            (200, "\u{0}\u{1}PNG\u{2}\n\u{3}", "metrics of Pod m/r-0: another page than metrics"),
            (
                200, (0..<30_000).map { "a_total{n=\"\($0)\"} 1\n" }.joined(),
                "metrics of Pod m/r-0: more than 20000 of the series asked for"
            ),
            // Ends when the limit is reached, as a page does that never ends.
            (
                200, String(repeating: "b_total 1\n", count: 2_000_000),
                "metrics of Pod m/r-0: longer than 16 MiB"
            ),
        ])
    func otherAnswers(status: Int, text: String, reason: String) async {
        let transport = ScriptedTransport([Self.reply("r-0", status, text)])
        let result = await Self.gathered(
            Self.pipeline(Self.pod("r-0")), from: transport)
        // A page that is not whole is kept; another is nobody's.
        let told = result.gaps + result.failures.map(\.failure.gap)
        let missing = result.observed.missing + result.failures.map(\.failure.evidence)
        #expect(told.map(\.reason) == [reason])
        #expect(missing.map(\.reason) == [reason])
        #expect(result.observed.items.count + result.failures.count == 1)
    }
}
