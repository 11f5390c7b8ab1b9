import CurlHTTP
import LoopbackServer
import NetworkProbes
import Testing

/// What may be contacted, and what is not even looked up.
@Suite(.timeLimit(.minutes(1)))
struct PolicyTests {
    /// A transport that must not be used.
    private let silent = ScriptedTransport([])

    @Test("switched off, nothing is contacted")
    func disabled() async throws {
        let server = try LoopbackServer.answering { _ in ReceiverAnswer.corrupt }
        let result = await Prober.loopback(ProbePolicy(isEnabled: false), transport: silent).probe(
            ProbeTarget(url: server.url, purpose: .remoteWrite))
        #expect(result.summary == "tcp skipped")
        #expect(!result.isPassed)
        #expect(server.connectionCount == 0)
        #expect(silent.requests.isEmpty)
    }

    @Test(
        "addresses outside the bound are never contacted, however they are given",
        arguments: [
            "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "receive.example",
        ])
    func outside(host: String) async throws {
        let server = try LoopbackServer.answering { _ in ReceiverAnswer.corrupt }
        let policy = ProbePolicy(only: ["127.77.0.0/16"].compactMap(CIDR.init))
        let result = await Prober.loopback(policy, transport: silent).probe(
            ProbeTarget(
                url: "http://\(host):\(server.port)", purpose: .remoteWrite,
                addresses: ["receive.example": "127.0.0.1"]))
        #expect(result.hops.last?.kind == .tcp)
        #expect(result.summary.hasSuffix("tcp skipped"))
        #expect(result.details.last?.contains("is outside 127.77.0.0/16") == true)
        #expect(server.connectionCount == 0)
        #expect(silent.requests.isEmpty)
    }

    @Test("with a bound, names that are not in the table are not looked up")
    func unknownName() async {
        let result = await Prober.loopback(transport: silent).probe(
            ProbeTarget(url: "http://receive.invalid", purpose: .health))
        #expect(result.summary == "dns skipped")
    }

    @Test(
        "cluster names are never asked of DNS",
        arguments: [
            "thanos.monitoring.svc", "thanos.monitoring.svc.cluster.local",
        ])
    func clusterNames(name: String) async {
        let result = await Prober.loopback(ProbePolicy(), transport: silent).probe(
            ProbeTarget(url: "http://\(name):19291", purpose: .remoteWrite))
        #expect(result.summary == "dns skipped")
        #expect(result.details[0].contains("cluster name"))
    }

    @Test("a name of the table is connected to where the table says, under its own name")
    func table() async throws {
        let server = try LoopbackServer.answering { _ in ReceiverAnswer.corrupt }
        let result = await Prober.loopback().probe(
            ProbeTarget(
                url: "http://receive.monitoring.svc:\(server.port)", purpose: .remoteWrite,
                addresses: ["receive.monitoring.svc": "127.0.0.1"]))
        #expect(result.summary == "dns passed, tcp passed, http passed, handshake passed")
        let sent = try #require(server.requests.first)
        #expect(sent.contains("Host: receive.monitoring.svc:\(server.port)\r\n"))
    }

    @Test("a name that does not exist, and one that does")
    func names() async {
        // Both are answered by the resolver itself, without asking a server: no host name may
        // consist of a hyphen (RFC 952), and localhost stands in the hosts file.
        let unknown = await Prober.loopback(ProbePolicy(), transport: silent).probe(
            ProbeTarget(url: "http://-", purpose: .health))
        #expect(unknown.summary == "dns failed(nameUnknown)")
        let known = await NameLookup.addresses(of: "localhost", within: .seconds(5))
        guard case .addresses(let found) = known else {
            Issue.record("\(known)")
            return
        }
        #expect(found.contains { $0.description == "127.0.0.1" || $0.description == "::1" })
    }

    @Test(
        "proxies are used on demand only, and then no hop goes past them", arguments: [true, false])
    func proxy(isUsed: Bool) async throws {
        let transport = ScriptedTransport([
            .init(.get, "/-/ready", .response(HTTPResponse(status: 200)))
        ])
        let prober = Prober(
            policy: ProbePolicy(
                only: isUsed ? [] : ["127.0.0.0/8"].compactMap(CIDR.init), usesProxy: true),
            transport: transport, version: "1",
            environment: ["HTTP_PROXY": "http://127.0.0.1:1"])
        let result = await prober.probe(
            ProbeTarget(url: "http://far.invalid:10902", purpose: .ready))
        #expect(result.summary == (isUsed ? "tcp skipped, http passed" : "dns skipped"))
        #expect(transport.requests.map(\.proxy) == (isUsed ? [.environment] : []))
    }
}
