import CurlHTTP
import Evidence
import KubernetesModel
import MetricsText
import Testing

@testable import Gathering

@Suite("Asking a Prometheus that scrapes the pods")
struct PrometheusGathererTests {
    private static let target =
        #"__name__="up",namespace="m",pod="r-0",instance="10.0.0.7:10902",job="r""#
    private static let labels = #"namespace="m",pod="r-0",instance="10.0.0.7:10902",job="r""#

    /// One receiver whose counter grew by these within the hour and within the last minutes.
    private static func site(hour: Double, present: Double) -> PrometheusSite {
        let counter = #"counter_name="a_total",code="503","# + labels
        return PrometheusSite([
            .targets: .series([target + " 1"]),
            .now: .series([#"__name__="a_total",code="503","# + labels + " 90"]),
            .before: .series([#"__name__="a_total",code="503","# + labels + " 60"]),
            .increases(seconds: 3600): .series([counter + " \(hour)"]),
            .increases(seconds: 300): .series([counter + " \(present)"]),
        ])
    }

    private static func pod(_ gathered: Gathered) -> ScrapedPod? {
        gathered.views.first?.metrics?.items.first
    }

    @Test(
        "a rate is the smaller of that over the hour and that of the last minutes",
        arguments: [
            // Goes on as it did: an hour of it, then minutes of it.
            (3600.0, 300.0, 1.0),
            // Ended fifty minutes ago.
            (600, 0, 0),
            // Has just begun.
            (36, 30, 0.01),
        ])
    func rates(hour: Double, present: Double, rate: Double) async throws {
        let gathered = await Self.site(hour: hour, present: present)
            .filled(PrometheusSite.cluster(scraped: ["r-0"]))
        let pod = try #require(Self.pod(gathered))
        #expect(pod.rate("a_total") == rate)
        #expect(pod.rate("a_total", where: ["code": "503"]) == rate)
        // Nobody remembers it: the two looks count.
        #expect(pod.rate("b") == nil)
        #expect(pod.origin == .proxy)
        #expect(gathered.gaps.isEmpty)
    }

    @Test("stands in for a page that was refused")
    func substitute() async throws {
        let gathered = await Self.site(hour: 3600, present: 300)
            .filled(PrometheusSite.cluster(refused: ["r-0"]))
        let pod = try #require(Self.pod(gathered))
        #expect(pod.origin == .prometheus("http://127.0.0.1:9090"))
        #expect(pod.sum("a_total") == 90)
        #expect(pod.page.sum("a_total") == 60)
        #expect(pod.page.points("a_total").first?.labels == ["code": "503"])
        #expect(gathered.gaps.isEmpty)
        #expect(gathered.views.first?.metrics?.missing == [])
    }

    @Test("asks for pages only where the pod was refused, and for no more than is wanted")
    func questions() async {
        let site = Self.site(hour: 1, present: 1)
        _ = await site.filled(PrometheusSite.cluster(scraped: ["r-0"]))
        #expect(site.requests.count == 3)
        #expect(site.requests.allSatisfy { $0.hasPrefix("http://127.0.0.1:9090/api/v1/query?") })
        #expect(site.requests.allSatisfy { $0.contains("namespace%3D~%22m%22%2Cpod%3D~%22r-0%22") })
        let other = Self.site(hour: 1, present: 1)
        _ = await other.filled(PrometheusSite.cluster(refused: ["r-0"]), window: 300)
        #expect(other.requests.count == 4)
    }

    @Test(
        "a target with another address is another pod",
        arguments: [
            ("10.0.0.7", true), ("10.0.0.8", false),
        ])
    func addresses(address: String, isFound: Bool) async {
        let gathered = await Self.site(hour: 1, present: 1).filled(
            PrometheusSite.cluster(refused: ["r-0"], addresses: ["r-0": address]))
        #expect((Self.pod(gathered) != nil) == isFound)
        #expect(gathered.gaps.isEmpty == isFound)
    }

    @Test(
        "what it cannot tell, or does not scrape, is said",
        arguments: [
            ([target + " 0"], "Pod m/r-0 of central cannot be scraped by it"),
            ([], "Pod m/r-0 of central is no target of it"),
            (
                [target + #",cluster="a" 1"#, target + #",cluster="b" 1"#],
                "Pod m/r-0 of central is 2 targets that differ in cluster"
            ),
        ])
    func obstacles(targets: [String], reason: String) async {
        let site = PrometheusSite([.targets: .series(targets)])
        let gathered = await site.filled(PrometheusSite.cluster(refused: ["r-0"]))
        #expect(
            gathered.gaps.map(\.reason) == ["http://127.0.0.1:9090: \(reason)", "forbidden: r-0"])
        #expect(gathered.views.first?.metrics?.missing.map(\.reason) == ["forbidden: r-0"])
    }

    @Test("two jobs that scrape the same pod are one target")
    func twoJobs() async throws {
        let again = Self.target.replacing(#"job="r""#, with: #"job="again""#)
        let site = PrometheusSite([
            .targets: .series([Self.target + " 1", again + " 1"]),
            .now: .series([
                #"__name__="b","# + Self.labels + " 7",
                #"__name__="b","# + Self.labels.replacing(#"job="r""#, with: #"job="again""#)
                    + " 7",
            ]),
        ])
        let gathered = await site.filled(PrometheusSite.cluster(refused: ["r-0"]))
        let pod = try #require(Self.pod(gathered))
        #expect(pod.sum("b") == 7)
        // It knew nothing five minutes ago: that is no rise from 0.
        #expect(pod.later == nil && pod.rate("b") == nil)
    }
}
