import CurlHTTP
import Evidence
import KubernetesModel
import Testing

@testable import Gathering

@Suite("A Prometheus that answers something else")
struct HostilePrometheusTests {
    /// An answer, and what is said of it.
    struct Other: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: PrometheusSite.Reply
        let reason: String
    }

    private static let json = "application/json"
    private static let others = [
        Other(
            testDescription: "a web page", reply: .body(200, "<html></html>", "text/html"),
            reason: "its answer is not the JSON of Prometheus' API"),
        Other(
            testDescription: "an error",
            reply: .body(
                422, #"{"status":"error","errorType":"execution","error":"too many samples"}"#, json
            ),
            reason: "HTTP status 422: it answers no result: too many samples"),
        Other(
            testDescription: "a refusal", reply: .body(403, "no", "text/plain"),
            reason: "HTTP status 403"),
        Other(
            testDescription: "an error with status 200",
            reply: .body(200, #"{"status":"error","error":"bad"}"#, json),
            reason: "it answers no result: bad"),
        Other(
            testDescription: "a matrix",
            reply: .body(
                200, #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#, json),
            reason: "it answers something else than a vector"),
        Other(
            testDescription: "no end",
            reply: .body(200, String(repeating: "a", count: (32 << 20) + 1), json),
            reason: "an answer is longer than 32 MiB"),
        Other(
            testDescription: "too many series",
            reply: .series((0...50_000).map { "n=\"\($0)\" 1" }),
            reason: "it answers more than 50000 series"),
        Other(
            testDescription: "nothing",
            reply: .failure(TransportFailure(.refused, "connection refused")),
            reason: "connection refused"),
    ]

    @Test("is a gap, and leaves what others saw as it is", arguments: others)
    func gap(_ other: Other) async throws {
        let site = PrometheusSite([.targets: other.reply])
        let gathered = await site.filled(
            PrometheusSite.cluster(scraped: ["r-0"], refused: ["r-1"]))
        #expect(
            gathered.gaps.map(\.reason) == [
                "http://127.0.0.1:9090: \(other.reason)", "forbidden: r-1",
            ])
        #expect(gathered.gaps.first?.source == "prometheus")
        let metrics = try #require(gathered.views.first?.metrics)
        #expect(metrics.items.map(\.pod.name) == ["r-0"])
        #expect(metrics.items.first?.history == nil)
        #expect(metrics.missing.map(\.source) == ["prometheus", "metrics"])
        // Nobody asks on after a failure.
        #expect(site.requests.count == 1)
    }

    @Test("an hour without the last minutes counts for nothing")
    func halfAnAnswer() async throws {
        let labels = #"namespace="m",pod="r-0""#
        let site = PrometheusSite([
            .targets: .series([#"__name__="up","# + labels + " 1"]),
            .increases(seconds: 3600): .series([#"counter_name="a_total","# + labels + " 9"]),
            .increases(seconds: 300): .body(503, "", "text/plain"),
        ])
        let gathered = await site.filled(PrometheusSite.cluster(scraped: ["r-0"]))
        let pod = try #require(gathered.views.first?.metrics?.items.first)
        #expect(pod.history == nil)
        #expect(pod.rate("a_total") == 0)
    }

    @Test("what it warns of is told")
    func warnings() async {
        let answer = PrometheusSite.vector([], more: #","warnings":["store b is away"]"#)
        let gathered = await PrometheusSite([.targets: .body(200, answer, Self.json)])
            .filled(PrometheusSite.cluster(scraped: ["r-0"]))
        #expect(gathered.gaps.map(\.reason) == ["http://127.0.0.1:9090: store b is away"])
    }

    @Test("is not asked at an address that is not allowed, and credentials are not shown")
    func policy() async {
        let site = PrometheusSite([:])
        let gathered = await site.filled(
            PrometheusSite.cluster(scraped: ["r-0"]), url: "http://jane:secret@10.0.0.1:9090/",
            only: ["127.0.0.0/8"])
        #expect(site.requests == [])
        #expect(
            gathered.gaps.map(\.reason) == [
                "http://10.0.0.1:9090: outside what --probe-only allows"
            ])
    }
}
