import CurlHTTP
import KubernetesAPI
import LoopbackServer
import Testing

@Suite("The clock of an API server")
struct ClockTests {
    private static func clock(_ answer: String) async throws -> ServerClock? {
        let server = try LoopbackServer.answering { _ in answer }
        let client = KubernetesClient(
            ClusterConnection(server: server.url), transport: CurlClient(),
            budget: RequestBudget(total: .seconds(20)))
        return await client.clock()
    }

    @Test("is known from any answer with a date", arguments: ["200 OK", "403 Forbidden"])
    func any(status: String) async throws {
        let answer = String.http(status, headers: ["Date: Fri, 01 Jan 2100 00:00:00 GMT"], "{}")
        let clock = try #require(try await Self.clock(answer))
        #expect(clock.ahead > 365 * 86_400)
        #expect((0.5..<21).contains(clock.uncertainty))
    }

    @Test("is not known without one")
    func none() async throws {
        #expect(try await Self.clock(.http("200 OK", "{}")) == nil)
    }
}
