import ArgumentParser
import CurlHTTP
import FoundationEssentials
import Gathering
import NetworkProbes

/// Which addresses may be asked, and how.
struct ProbeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("An address to probe. Repeatable.", valueName: "url"))
    var endpoint: [String] = []

    @Flag(help: "Contact no address but the API server's.")
    var noProbes = false

    @Option(help: ArgumentHelp("Probe only addresses in this network.", valueName: "cidr"))
    var probeOnly: [String] = []

    @Flag(help: "Leave out the empty remote-write POST.")
    var noHandshake = false

    @Flag(help: "Honour proxy variables for probes.")
    var useProxy = false

    /// - Parameter limit: how long the whole run may take.
    func gatherer(within limit: Duration) throws -> ProbeGatherer {
        for url in endpoint {
            if let problem = EndpointGatherer.problem(with: url) { throw UsageError(problem) }
        }
        let networks = try probeOnly.map { text in
            guard let network = CIDR(text) else {
                throw UsageError("'\(text)' is no network; write 10.0.0.0/8")
            }
            return network
        }
        return ProbeGatherer(
            policy: ProbePolicy(
                isEnabled: !noProbes, only: networks, sendsHandshake: !noHandshake,
                usesProxy: useProxy),
            transport: CurlClient(), version: Version.number, limits: Self.limits(within: limit),
            environment: ProcessInfo.processInfo.environment)
    }

    /// A port that stays silent may take half of a short run, and not more.
    private static func limits(within limit: Duration) -> ProbeLimits {
        let usual = ProbeLimits()
        return ProbeLimits(
            dns: min(usual.dns, limit / 2), tcp: min(usual.tcp, limit / 2),
            http: min(usual.http, limit / 2))
    }
}
