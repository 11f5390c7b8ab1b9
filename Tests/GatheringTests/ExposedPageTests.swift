import CurlHTTP
import Evidence
import KubernetesAPI
import KubernetesModel
import MarkedYAML
import NetworkProbes
import PipelineModel
import Testing

@testable import Gathering

@Suite("Metrics at the address of a Service, where the API server's proxy is forbidden")
struct ExposedPageTests {
    /// A receiver with this many pods, and its Service with these ports.
    private static func pipeline(pods: Int, port: String) -> Pipeline {
        let text = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: r, namespace: m}
            spec:
              template:
                metadata: {labels: {app: r}}
                spec:
                  containers: [{name: c, args: [receive, --tsdb.path=/d]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: r, namespace: m}
            spec: {type: LoadBalancer, selector: {app: r}, ports: [{port: 19291}, \(port)]}
            status: {loadBalancer: {ingress: [{ip: 127.0.0.7}]}}
            """
        let all = (0..<pods).reduce(text) { text, number in
            text + """

                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: r-\(number)
                  namespace: m
                  labels: {app: r}
                  ownerReferences: [{kind: StatefulSet, name: r, controller: true}]
                spec: {containers: []}
                status: {containerStatuses: [{name: c, state: {running: {}}}]}
                """
        }
        let documents = YAMLReader.stream(SourceText(name: "objects", text: all)).documents
        return Pipeline(Objects(documents.compactMap { KubernetesObject($0) }))
    }

    private static let forbidden = ScriptedTransport.Exchange(
        .get, "/proxy/metrics",
        .response(
            HTTPResponse(
                status: 403, headers: ["Content-Type": "application/json"],
                body: Array(
                    """
                    {"kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403,
                     "message": "pods \\"r-0\\" is forbidden: User \\"jane\\" cannot get resource \
                    \\"pods/proxy\\" in API group \\"\\" in the namespace \\"m\\""}
                    """.utf8))))

    private static func page(_ url: String, _ text: String) -> ScriptedTransport.Exchange {
        .init(.get, url, .response(HTTPResponse(status: 200, text: text)))
    }

    private static func gathered(
        pods: Int = 1, port: String = "{port: 10902}", at pages: [ScriptedTransport.Exchange],
        only networks: [String] = []
    ) async -> (result: MetricsGatherer.Result, asked: [String]) {
        let client = KubernetesClient(
            ClusterConnection(server: "http://127.0.0.1:1", namespace: "m"),
            transport: ScriptedTransport(Array(repeating: forbidden, count: pods)),
            budget: RequestBudget(total: .seconds(30)))
        let transport = ScriptedTransport(pages)
        let given = GivenPages(
            [], transport: transport, policy: ProbePolicy(only: networks.compactMap { CIDR($0) }))
        let result = await MetricsGatherer(
            client: client, families: ["a_total"], interval: .milliseconds(1), given: given,
            progress: { _ in }
        ).gather(pipeline(pods: pods, port: port))
        return (result, transport.requests.map(\.url))
    }

    @Test("are those of the one pod behind it, twice for a rate")
    func onePod() async throws {
        let url = "http://127.0.0.7:9102/metrics"
        let (result, asked) = await Self.gathered(
            port: "{port: 9102, targetPort: 10902}",
            at: [Self.page(url, "a_total 7\n"), Self.page(url, "a_total 9\n")])
        #expect(asked == [url, url])
        let pod = try #require(result.observed.items.first)
        #expect(pod.sum("a_total") == 9)
        #expect(pod.later != nil)
        #expect(pod.origin == .page(url))
        #expect(result.failures.isEmpty)
    }

    @Test("are nobody's when several pods stand behind it, or when it does not publish the port")
    func notTold() async {
        for (pods, port) in [(2, "{port: 10902}"), (1, "{port: 10901}")] {
            let (result, asked) = await Self.gathered(pods: pods, port: port, at: [])
            #expect(asked == [])
            #expect(result.failures.count == pods)
        }
    }

    @Test("that cannot be read there either leave the right that is missing")
    func refused() async {
        let (result, _) = await Self.gathered(at: [])
        let (policed, asked) = await Self.gathered(at: [], only: ["10.0.0.0/8"])
        #expect(asked == [])
        for failures in [result.failures, policed.failures] {
            #expect(failures.map(\.failure.isForbidden) == [true])
        }
    }
}
