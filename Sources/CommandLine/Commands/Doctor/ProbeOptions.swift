import ArgumentParser
import CurlHTTP
import FoundationEssentials
import Gathering
import NetworkProbes

/// Which addresses may be asked, and how.
struct ProbeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("An address to probe. Repeatable.", valueName: "url"))
    var endpoint: [String] = []

    @Option(help: ArgumentHelp("A Thanos Query to ask for the edges' series.", valueName: "url"))
    var query: String?

    @Option(
        help: ArgumentHelp(
            "A Prometheus or Thanos Query that scrapes the pods, for rates over a longer time and "
                + "for pods that the API server does not let through.",
            valueName: "url"))
    var prometheus: String?

    @Option(
        help: ArgumentHelp(
            "How far back rates of --prometheus go: 30m, 6h. (default: 1h)", valueName: "span"))
    var history: String?

    @Option(
        help: ArgumentHelp(
            "Where to read a pod's metrics instead of through the API server, such as the address "
                + "of a port-forward. Repeatable.",
            valueName: "[context/]ns/pod=url"))
    var metrics: [String] = []

    @Flag(
        inversion: .prefixedNo,
        help: "Look into the receivers' buckets, with the credentials of their Secrets.")
    var bucket: Bool?

    @Flag(help: "Put, read, list and delete a small object in each bucket; implies --bucket.")
    var bucketWriteProbe = false

    @Flag(help: "Contact no address but the API server's.")
    var noProbes = false

    @Option(help: ArgumentHelp("Probe only addresses in this network.", valueName: "cidr"))
    var probeOnly: [String] = []

    @Flag(help: "Leave out the empty remote-write POST.")
    var noHandshake = false

    @Flag(help: "Honour proxy variables for probes.")
    var useProxy = false

    /// - Parameter limit: how long the whole run may take.
    func probing(for plan: GatheringPlan, within limit: Duration) throws -> Probing {
        for url in endpoint + [query, prometheus].compactMap(\.self) {
            if let problem = EndpointGatherer.problem(with: url) { throw UsageError(problem) }
        }
        let pages = try metrics.map { text in
            guard let page = GivenPage(text) else {
                throw UsageError(GivenPage.problem(with: text) ?? "")
            }
            return page
        }
        let networks = try probeOnly.map { text in
            guard let network = CIDR(text) else {
                throw UsageError("'\(text)' is no network; write 10.0.0.0/8")
            }
            return network
        }
        let policy = ProbePolicy(
            isEnabled: !noProbes, only: networks, sendsHandshake: !noHandshake,
            usesProxy: useProxy)
        return Probing(
            policy: policy,
            probes: ProbeGatherer(
                policy: policy, transport: CurlClient(), version: Version.number,
                limits: Self.limits(within: limit),
                environment: ProcessInfo.processInfo.environment),
            buckets: bucket == true || bucketWriteProbe
                ? BucketGatherer(
                    transport: CurlClient(), policy: policy, limit: min(.seconds(15), limit / 2),
                    writes: bucketWriteProbe) : nil,
            prometheus: try prometheus.map { url in
                PrometheusGatherer(
                    url: url, transport: CurlClient(), policy: policy, plan: plan,
                    window: try History(history ?? History.usual).seconds,
                    limit: min(.seconds(30), limit / 2))
            },
            givenPages: GivenPages(pages, transport: CurlClient(), policy: policy))
    }

    /// A port that stays silent may take half of a short run, and not more.
    private static func limits(within limit: Duration) -> ProbeLimits {
        let usual = ProbeLimits()
        return ProbeLimits(
            dns: min(usual.dns, limit / 2), tcp: min(usual.tcp, limit / 2),
            http: min(usual.http, limit / 2))
    }
}

/// Who contacts addresses, and which ones it may.
struct Probing: Sendable {
    let policy: ProbePolicy
    let probes: ProbeGatherer
    let buckets: BucketGatherer?
    let prometheus: PrometheusGatherer?
    let givenPages: GivenPages
}

/// How far back the rates of a Prometheus go.
struct History {
    static let usual = "1h"
    private static let most = Duration.seconds(30 * 86_400)

    let seconds: Int

    init(_ text: String) throws {
        if let problem = Self.problem(with: text) { throw UsageError(problem) }
        seconds = Int(Span(text)?.duration.components.seconds ?? 0)
    }

    /// Why a text is no such time; nil when it is one.
    static func problem(with text: String) -> String? {
        guard let duration = Span(text)?.duration,
            (.seconds(PrometheusGatherer.present)...Self.most).contains(duration)
        else { return "'\(text)' is no time to look back; write 30m or 6h, from 5m to 720h" }
        return nil
    }
}
