import CurlHTTP
import LoopbackServer
import NetworkProbes

/// The answers of a receiver, as text on the wire.
enum ReceiverAnswer {
    static let corrupt = String.http("400 Bad Request", "snappy decode error: s2: corrupt input\n")
    static let notReady = String.http("503 Service Unavailable", "Service Unavailable")
    static let notFound = String.http("404 Not Found", "404 page not found\n")
}

extension Prober {
    /// A prober that may contact loopback and is quick to give up.
    static func loopback(
        _ policy: ProbePolicy? = nil, transport: (any HTTPTransport)? = nil,
        http: Duration = .seconds(10)
    ) -> Prober {
        Prober(
            policy: policy ?? ProbePolicy(only: ["127.0.0.0/8"].compactMap(CIDR.init)),
            transport: transport ?? CurlClient(), version: "1.2.3",
            limits: ProbeLimits(dns: .seconds(2), tcp: .seconds(5), http: http))
    }
}

extension ProbeResult {
    /// The hops as `tcp passed, http failed(refused)`.
    var summary: String {
        hops.map { hop in
            switch hop.outcome {
            case .passed: "\(hop.kind) passed"
            case .failed(let fault, _): "\(hop.kind) failed(\(fault))"
            case .skipped: "\(hop.kind) skipped"
            case .notReachableFromHere: "\(hop.kind) notReachableFromHere"
            }
        }.joined(separator: ", ")
    }

    var details: [String] {
        hops.map { hop in
            switch hop.outcome {
            case .passed(let text), .failed(_, let text), .skipped(let text),
                .notReachableFromHere(let text):
                text
            }
        }
    }
}
