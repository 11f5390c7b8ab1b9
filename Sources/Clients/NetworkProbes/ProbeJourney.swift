import CurlHTTP
import Glibc

/// One probe under way: the hops so far, and whether there is a next one.
struct ProbeJourney {
    let prober: Prober
    let target: ProbeTarget
    let endpoint: ProbeEndpoint
    private(set) var hops: [ProbeHop] = []
    private(set) var answer: ProbeAnswer?
    private(set) var certificate: PeerCertificate?

    /// A name with many addresses is not tried to the end.
    private static let maxAddresses = 4

    init(prober: Prober, target: ProbeTarget, endpoint: ProbeEndpoint) {
        self.prober = prober
        self.target = target
        self.endpoint = endpoint
    }

    mutating func run() async {
        guard prober.policy.isEnabled else {
            return add(.tcp, .skipped("probes are switched off"))
        }
        if goesThroughProxy {
            add(.tcp, .skipped("goes through the proxy of this environment"))
            return await speak(at: nil)
        }
        guard let addresses = await resolve() else { return }
        guard let address = await connect(addresses) else { return }
        if endpoint.scheme != .tcp { await speak(at: address) }
    }

    /// With a bound on networks nothing goes to a proxy, whose address nobody allowed.
    private var goesThroughProxy: Bool {
        guard prober.policy.usesProxy, prober.policy.only.isEmpty, endpoint.scheme != .tcp else {
            return false
        }
        let name = endpoint.scheme == .https ? "https_proxy" : "http_proxy"
        return [name, name.uppercased()].contains { prober.environment[$0]?.isEmpty == false }
    }

    private mutating func add(
        _ kind: ProbeHop.Kind, _ outcome: ProbeHop.Outcome, _ duration: Duration = .zero
    ) {
        hops.append(ProbeHop(kind, outcome, duration: max(.zero, duration)))
    }
}

extension ProbeJourney {
    /// The addresses to try: written out, known to the cluster, or asked of DNS where allowed.
    private mutating func resolve() async -> [IPAddress]? {
        if let address = IPAddress(endpoint.host) { return [address] }
        if let text = target.addresses[endpoint.host] {
            guard let address = IPAddress(text) else {
                add(.dns, .failed(.nameUnknown, "the known address is not one: \(text)"))
                return nil
            }
            add(.dns, .passed("\(address), known without DNS"))
            return [address]
        }
        guard prober.policy.only.isEmpty else {
            add(.dns, .skipped("not looked up: only named networks may be probed"))
            return nil
        }
        guard !isClusterName else {
            add(.dns, .skipped("a cluster name without a Service, never asked of DNS"))
            return nil
        }
        return await lookUp()
    }

    /// `NAME.NAMESPACE.svc`, with or without the cluster's domain.
    private var isClusterName: Bool {
        let labels = endpoint.host.split(separator: ".")
        return labels.last == "svc" || endpoint.host.contains(".svc.cluster.local")
    }

    private mutating func lookUp() async -> [IPAddress]? {
        let start = ContinuousClock.now
        let answer = await NameLookup.addresses(of: endpoint.host, within: prober.limits.dns)
        let duration = ContinuousClock.now - start
        switch answer {
        case .addresses(let found):
            let shown = found.prefix(Self.maxAddresses).map(\.description)
            add(.dns, .passed(shown.joined(separator: ", ")), duration)
            return found
        case .unknown:
            add(.dns, .failed(.nameUnknown, "DNS does not know \(endpoint.host)"), duration)
        case .failed(let why):
            add(.dns, .notReachableFromHere("DNS does not work here: \(why)"), duration)
        }
        return nil
    }

    /// The first address that accepts a connection.
    private mutating func connect(_ addresses: [IPAddress]) async -> IPAddress? {
        let start = ContinuousClock.now
        let allowed = addresses.filter(isAllowed).prefix(Self.maxAddresses)
        var outcome = ProbeHop.Outcome.skipped(
            "\(addresses.first?.description ?? endpoint.host) is outside "
                + prober.policy.only.map(\.description).joined(separator: ", "))
        for address in allowed {
            let left = prober.limits.tcp - (ContinuousClock.now - start)
            guard left > .zero else { break }
            let ending = await TCPConnector.connect(to: address, port: endpoint.port, within: left)
            outcome = self.outcome(of: ending, address)
            guard ending == .connected else { continue }
            add(.tcp, outcome, ContinuousClock.now - start)
            return address
        }
        add(.tcp, outcome, ContinuousClock.now - start)
        return nil
    }

    private func isAllowed(_ address: IPAddress) -> Bool {
        let only = prober.policy.only
        return only.isEmpty || only.contains { $0.contains(address) }
    }

    private func outcome(
        of ending: TCPConnector.Ending, _ address: IPAddress
    ) -> ProbeHop.Outcome {
        let place = "\(address) port \(endpoint.port)"
        switch ending {
        case .connected: return .passed(place)
        case .late, .failed(ETIMEDOUT):
            return .failed(.timedOut, "\(place) does not answer: packets get lost on the way")
        case .failed(ECONNREFUSED):
            return .failed(.refused, "\(place) refuses: nothing listens there")
        case .failed(ECONNRESET): return .failed(.reset, "\(place) resets the connection")
        case .failed(EHOSTUNREACH): return .failed(.noRoute, "no route to \(place)")
        case .failed(ENETUNREACH), .failed(EADDRNOTAVAIL), .failed(EAFNOSUPPORT):
            return .notReachableFromHere("this machine has no network towards \(address)")
        case .failed(EACCES), .failed(EPERM):
            return .notReachableFromHere("this machine's own rules forbid \(place)")
        case .failed(let code):
            return .failed(.other, "\(place): \(String(cString: strerror(code)).lowercased())")
        }
    }
}

extension ProbeJourney {
    /// One HTTP exchange: the TLS hop, the HTTP hop and, for remote write, the handshake.
    private mutating func speak(at address: IPAddress?) async {
        do {
            let response = try await prober.transport.send(request(at: address))
            receive(response)
        } catch {
            fail(error)
        }
    }

    private mutating func receive(_ response: HTTPResponse) {
        let timing = response.timing
        certificate = response.certificate
        if endpoint.scheme == .https {
            add(.tls, .passed(certificateText(response)), timing.tls - timing.connect)
        }
        answer = ProbeAnswer(status: response.status, body: ProbeText.clean(response.body))
        let begin = max(timing.tls, timing.connect)
        switch target.purpose {
        case .remoteWrite:
            add(.http, .passed("answered \(response.status)"), timing.total - begin)
            add(.handshake, handshake(response))
        case .health, .ready:
            let verdict = HealthVerdict.of(response, port: endpoint.port)
            add(.http, verdict.outcome, timing.total - begin)
        case .tcpOnly: break
        }
    }

    private func handshake(_ response: HTTPResponse) -> ProbeHop.Outcome {
        let verdict = RemoteWriteVerdict.of(response)
        guard !prober.policy.sendsHandshake else { return verdict.outcome }
        // Without the POST only the 405 that the path gives to a GET says anything good.
        return if case .passed = verdict { verdict.outcome } else { .skipped("left out on demand") }
    }

    private func certificateText(_ response: HTTPResponse) -> String {
        guard let certificate = response.certificate else { return "TLS" }
        let end = certificate.validity.map { ", valid until \($0.lastDay)" } ?? ""
        let names = certificate.alternativeNames
        return ProbeText.clean(
            "certificate of \(certificate.subject)\(end)"
                + (names.isEmpty ? "" : ", for \(names)"))
    }

    private mutating func fail(_ failure: TransportFailure) {
        let (kind, outcome) = ProbeFault.hop(of: failure, isTLS: endpoint.scheme == .https)
        if kind == .http, endpoint.scheme == .https {
            add(.tls, .passed("TLS"), failure.timing.tls - failure.timing.connect)
        }
        add(kind, outcome, failure.timing.total - failure.timing.connect)
    }

    private func request(at address: IPAddress?) -> HTTPRequest {
        var request = HTTPRequest(
            .get, endpoint.url,
            timeouts: Timeouts(connect: prober.limits.http, total: prober.limits.http),
            maxBodyBytes: 64 << 10, proxy: address == nil ? .environment : .none,
            tls: target.tls, userAgent: prober.userAgent)
        if let address, IPAddress(endpoint.host) == nil {
            request.resolve = [
                ResolvedName(
                    host: endpoint.host, port: endpoint.port, address: address.description)
            ]
        }
        guard target.purpose == .remoteWrite, prober.policy.sendsHandshake else { return request }
        // The headers of Prometheus' storage/remote/client.go.
        request.method = .post
        request.headers = [
            "Content-Encoding": "snappy", "Content-Type": "application/x-protobuf",
            "X-Prometheus-Remote-Write-Version": "0.1.0",
        ]
        return request
    }
}
