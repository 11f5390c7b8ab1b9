import CurlHTTP
import Evidence
import LoopbackServer
import NetworkProbes
import Testing

@testable import Gathering

@Suite("What a probe leaves unknown", .timeLimit(.minutes(1)))
struct ProbeGathererTests {
    @Test(
        "nothing where an answer says that nobody takes writes, and something where it says less",
        arguments: [
            (String.http("404 Not Found", "404 page not found\n"), nil as String?),
            (.http("308 Permanent Redirect", headers: ["Location: /x"], ""), nil),
            (.http("502 Bad Gateway", "no"), "handshake: answered 502"),
            (
                .http("401 Unauthorized", "who"),
                "handshake: something on the way asks for credentials (401)"
            ),
        ])
    func gaps(answer: String, reason: String?) async throws {
        let server = try LoopbackServer.answering { _ in answer }
        let gatherer = ProbeGatherer(
            policy: ProbePolicy(), transport: CurlClient(), version: "1.2.3")
        let (probes, missing) = await gatherer.gather(ProbePlan(endpoint: server.url + "/write"))
        #expect(probes.map(\.isTurnedAway) == [reason == nil])
        #expect(missing.map(\.reason) == reason.map { ["\(server.url)/write: \($0)"] } ?? [])
    }
}
