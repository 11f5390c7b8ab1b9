package import CurlHTTP
import Glibc

/// Follows the way to a service hop by hop, never longer than its limits allow.
package struct Prober: Sendable {
    let policy: ProbePolicy
    let transport: any HTTPTransport
    let limits: ProbeLimits
    let userAgent: String
    let environment: [String: String]

    /// - Parameter version: what `User-Agent: thanosctl/VERSION` says.
    package init(
        policy: ProbePolicy, transport: any HTTPTransport, version: String,
        limits: ProbeLimits = ProbeLimits(), environment: [String: String] = [:]
    ) {
        self.policy = policy
        self.transport = transport
        self.limits = limits
        self.environment = environment
        userAgent = "thanosctl/\(version)"
    }

    /// Probes several targets at a time; the results come in the order of the targets.
    package func probe(_ targets: [ProbeTarget], concurrency: Int = 8) async -> [ProbeResult] {
        await withTaskGroup(of: (Int, ProbeResult).self) { group in
            var results: [ProbeResult?] = Array(repeating: nil, count: targets.count)
            var waiting = targets.enumerated().makeIterator()
            for _ in 0..<max(1, concurrency) {
                guard let (index, target) = waiting.next() else { break }
                group.addTask { (index, await probe(target)) }
            }
            while let (index, result) = await group.next() {
                results[index] = result
                guard let (index, target) = waiting.next() else { continue }
                group.addTask { (index, await probe(target)) }
            }
            return results.compactMap(\.self)
        }
    }

    /// Probes one target.
    package func probe(_ target: ProbeTarget) async -> ProbeResult {
        guard let endpoint = ProbeEndpoint(target) else {
            let hop = ProbeHop(.dns, .failed(.other, "not an address to probe"))
            let nowhere = ProbeEndpoint(
                scheme: .tcp, host: ProbeText.clean(target.url), port: 0)
            return ProbeResult(
                target: nowhere, purpose: target.purpose, hops: [hop], seenFrom: Self.seenFrom)
        }
        var journey = ProbeJourney(prober: self, target: target, endpoint: endpoint)
        await journey.run()
        return ProbeResult(
            target: endpoint, purpose: target.purpose, hops: journey.hops,
            seenFrom: Self.seenFrom, answer: journey.answer, certificate: journey.certificate)
    }

    static let seenFrom: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "this machine" }
        return "host "
            + String(
                decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }()
}

/// How long each hop of a probe may take.
package struct ProbeLimits: Sendable, Hashable {
    package var dns: Duration
    package var tcp: Duration
    /// TLS, request and answer together.
    package var http: Duration

    package init(
        dns: Duration = .seconds(3), tcp: Duration = .seconds(3), http: Duration = .seconds(5)
    ) {
        self.dns = dns
        self.tcp = tcp
        self.http = http
    }
}

extension ProbeEndpoint {
    /// A path that was left out is the one that the purpose asks for.
    init?(_ target: ProbeTarget) {
        let isTCP = target.url.hasPrefix("tcp://")
        let url = isTCP ? "http" + target.url.dropFirst(3) : target.url
        guard let parts = URLParts(url), let scheme = Scheme(rawValue: parts.scheme) else {
            return nil
        }
        let path = parts.path == "/" ? target.purpose.defaultPath : parts.path
        self.init(
            scheme: isTCP || target.purpose == .tcpOnly ? .tcp : scheme, host: parts.host,
            port: parts.port, path: path)
    }

    var url: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name):\(port)\(path)"
    }
}

extension ProbePurpose {
    var defaultPath: String {
        switch self {
        case .remoteWrite: "/api/v1/receive"
        case .health: "/-/healthy"
        case .ready: "/-/ready"
        case .tcpOnly: "/"
        }
    }
}
