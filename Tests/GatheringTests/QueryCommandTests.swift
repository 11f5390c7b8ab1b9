import Evidence
import KubernetesModel
import PipelineModel
import Testing

@Suite("The command that asks a Query the same")
struct QueryCommandTests {
    private static let view = ClusterView(
        name: "central", source: .cluster, objects: Objects([]), pipeline: Pipeline(Objects([])),
        kubectlFlags: "--context central")
    private static let pod = ObjectReference(kind: "Pod", namespace: "m", name: "query-0")

    @Test("goes through the API server where the question did")
    func proxied() {
        let state = QueryState(at: .pod(Self.pod, port: 10902))
        #expect(
            state.command("/api/v1/stores", in: Self.view)
                == "kubectl --context central get --raw "
                + "'/api/v1/namespaces/m/pods/query-0:10902/proxy/api/v1/stores'")
        #expect(
            state.command("/api/v1/query", query: "count(up{a=\"it's\"})", in: Self.view)
                == "kubectl --context central get --raw "
                + "'/api/v1/namespaces/m/pods/query-0:10902/proxy/api/v1/query"
                + "?dedup=true&query=count%28up%7Ba%3D%22it%27s%22%7D%29'")
    }

    @Test("goes to the address that was given")
    func direct() {
        let state = QueryState(at: .url("http://127.0.0.1:9"))
        #expect(
            state.command("/api/v1/stores", in: Self.view)
                == "curl -sS http://127.0.0.1:9/api/v1/stores")
        #expect(
            state.command("/api/v1/query", query: "up{a=\"it's\"}", in: Self.view)
                == "curl -sS -G http://127.0.0.1:9/api/v1/query -d dedup=true "
                + "--data-urlencode 'query=up{a=\"it'\\''s\"}'")
    }
}
