import CurlHTTP
import Evidence
import KubernetesAPI
import KubernetesModel
import MarkedYAML
import NetworkProbes
import PipelineModel
import Testing

@testable import Gathering

@Suite("Pages of metrics at addresses that the user gave")
struct GivenPagesTests {
    @Test(
        "are read as NAMESPACE/POD=URL, with a context in front that may hold slashes",
        arguments: [
            ("m/r-0=http://127.0.0.1:9/metrics", nil, "m", "r-0"),
            ("edge/m/r-0=http://127.0.0.1:9/metrics", "edge", "m", "r-0"),
            ("arn:aws/edge/m/r-0=http://127.0.0.1:9/metrics", "arn:aws/edge", "m", "r-0"),
        ] as [(String, String?, String, String)])
    func read(text: String, cluster: String?, namespace: String, pod: String) throws {
        let page = try #require(GivenPage(text))
        #expect(page.cluster == cluster)
        #expect(page.namespace == namespace)
        #expect(page.pod == pod)
        #expect(page.url == "http://127.0.0.1:9/metrics")
        #expect(GivenPage.problem(with: text) == nil)
    }

    @Test(
        "are refused in any other form",
        arguments: [
            "", "=", "m/r-0", "r-0=http://127.0.0.1:9", "m/r-0=", "m/r-0=127.0.0.1:9",
            "m/=http://127.0.0.1:9", "/m/r-0=http://127.0.0.1:9", "m/r-0=ftp://127.0.0.1:9",
        ])
    func refused(text: String) {
        #expect(GivenPage(text) == nil)
        #expect(GivenPage.problem(with: text)?.contains("write NAMESPACE/POD=http://") == true)
    }

    private static func gathered(
        _ page: String, _ reply: ScriptedTransport.Reply, only networks: [String] = []
    ) async throws -> MetricsGatherer.Result {
        let pages = try [#require(GivenPage(page))]
        let silent = KubernetesClient(
            ClusterConnection(server: "http://127.0.0.1:1", namespace: "m"),
            transport: ScriptedTransport([]), budget: RequestBudget(total: .seconds(30)))
        let given = GivenPages(
            pages, transport: ScriptedTransport([.init(.get, "/metrics", reply)]),
            policy: ProbePolicy(only: networks.compactMap { CIDR($0) }))
        return await MetricsGatherer(
            client: silent, families: ["a_total"], interval: nil, given: given,
            progress: { _ in }
        ).gather(PrometheusSite.cluster(refused: ["r-0"]).views[0].pipeline)
    }

    @Test("are read there, and not through the API server")
    func direct() async throws {
        let text = HTTPResponse(status: 200, text: "a_total 7\n")
        let result = try await Self.gathered(
            "m/r-0=http://jane:secret@127.0.0.1:9/metrics", .response(text))
        let pod = try #require(result.observed.items.first)
        #expect(pod.sum("a_total") == 7)
        #expect(pod.origin == .page("http://127.0.0.1:9/metrics"))
        #expect(result.failures.isEmpty && result.gaps.isEmpty)
    }

    @Test("that are not allowed or do not answer are said to be missing")
    func missing() async throws {
        let text = HTTPResponse(status: 200, text: "a_total 7\n")
        let refused = try await Self.gathered(
            "m/r-0=http://10.0.0.1:9/metrics", .response(text), only: ["127.0.0.0/8"])
        #expect(
            refused.failures.map(\.failure.gap.reason) == [
                "http://10.0.0.1:9/metrics: outside what --probe-only allows"
            ])
        let closed = try await Self.gathered(
            "m/r-0=http://127.0.0.1:9/metrics",
            .failure(TransportFailure(.refused, "connection refused")))
        #expect(
            closed.failures.map(\.failure.gap.reason) == [
                "http://127.0.0.1:9/metrics: connection refused"
            ])
    }

    @Test("of a pod that does not run are a gap")
    func unknownPod() async throws {
        let text = HTTPResponse(status: 200, text: "a_total 7\n")
        let result = try await Self.gathered(
            "m/r-9=http://127.0.0.1:9/metrics", .response(text))
        #expect(
            result.gaps.map(\.reason) == [
                "Pod m/r-9 is no pod of a receiver or an agent that runs; "
                    + "http://127.0.0.1:9/metrics was not read"
            ])
    }
}
