import CurlHTTP
import Evidence
import KubernetesModel
import NetworkProbes
import PipelineModel
import Synchronization
import Testing

@testable import Gathering

@Suite("Asking Thanos Query")
struct QueryGathererTests {
    private static let stores = """
        {"status":"success","data":{"receive":[{"name":"10.0.0.1:10901","lastCheck":"x",
        "lastError":null,"labelSets":[{"receive_replica":"r-0"}],"minTime":1,"maxTime":2}],
        "store":[{"name":"10.0.0.2:10901","lastError":"rpc error: connection refused",
        "labelSets":[],"minTime":0,"maxTime":9223372036854775807}]}}
        """

    private static func vector(_ value: String?) -> String {
        let result = value.map { "{\"metric\":{},\"value\":[1,\"\($0)\"]}" } ?? ""
        return
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[\(result)]}}"
    }

    private static func state(
        of selectors: [String], answers: @escaping @Sendable (String) -> (Int, String)
    ) async throws -> QueryState {
        try await QueryGatherer(address: .url("http://query"), component: nil) { path in
            let (status, text) = answers(path)
            return HTTPResponse(status: status, headers: [:], body: Array(text.utf8))
        }.state(of: selectors)
    }

    @Test("tells stores, ages and counts")
    func whole() async throws {
        let asked = Mutex<[String]>([])
        let state = try await Self.state(of: ["up{cluster=\"a\"}", "up{cluster=\"b\"}"]) { path in
            asked.withLock { $0.append(path) }
            if path == "/api/v1/stores" { return (200, Self.stores) }
            if path.contains("count%28up%7B") { return (200, Self.vector("6")) }
            if path.contains("count%28up%29") {
                return (200, Self.vector(path.contains("dedup=true") ? "4" : "12"))
            }
            return (200, Self.vector(path.contains("%22a%22") ? "17.5" : nil))
        }
        #expect(state.stores.map(\.type) == ["receive", "store"])
        #expect(state.stores.map(\.lastError) == [nil, "rpc error: connection refused"])
        #expect(state.stores.first?.labelSets == [["receive_replica": "r-0"]])
        #expect(state.counts == QueryState.Counts(deduplicated: 4, raw: 12))
        #expect(state.series.map(\.age) == [17.5, nil])
        #expect(state.series.map(\.count) == [6, nil])
        #expect(asked.withLock { $0.count } == 6)
    }

    @Test(
        "says what came instead of an answer",
        arguments: [
            (404, "404 page not found", "http://query/api/v1/stores answered HTTP status 404"),
            (200, "<html></html>", "http://query: the answer to count(up) is none"),
        ])
    func others(status: Int, text: String, reason: String) async throws {
        let failure = await #expect(throws: QueryFailure.self) {
            try await Self.state(of: []) { _ in (status, text) }
        }
        #expect(failure?.reason == reason)
    }

    @Test("is not asked at an address that is not allowed")
    func policy() async {
        let transport = ScriptedTransport([])
        var gathered = Gathered()
        await QueryEvidence([]).fill(
            &gathered, from: "http://10.0.0.1:10902/", transport: transport,
            policy: ProbePolicy(only: [CIDR("127.0.0.0/8")].compactMap(\.self)))
        #expect(transport.requests.isEmpty)
        #expect(
            gathered.gaps.map(\.reason) == [
                "http://10.0.0.1:10902: outside what --probe-only allows"
            ])
    }
}
