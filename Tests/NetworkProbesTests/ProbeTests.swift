import CurlHTTP
import LoopbackServer
import NetworkProbes
import Testing

/// Probes over loopback: what each kind of server looks like, hop by hop.
@Suite(.timeLimit(.minutes(1)))
struct ProbeTests {
    @Test("a healthy receiver: an empty write is refused in the right words")
    func handshake() async throws {
        let server = try LoopbackServer.answering { _ in ReceiverAnswer.corrupt }
        let result = await Prober.loopback().probe(
            ProbeTarget(url: server.url, purpose: .remoteWrite))
        #expect(result.summary == "tcp passed, http passed, handshake passed")
        #expect(result.isPassed)
        #expect(result.answer?.status == 400)
        #expect(result.answer?.body == "snappy decode error: s2: corrupt input")
        #expect(result.target.path == "/api/v1/receive")
        #expect(result.seenFrom.hasPrefix("host "))
        #expect(result.hops[0].duration > .zero)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("POST /api/v1/receive HTTP/1.1\r\n"))
        for line in [
            "User-Agent: thanosctl/1.2.3", "Content-Encoding: snappy", "Content-Length: 0",
            "Content-Type: application/x-protobuf", "X-Prometheus-Remote-Write-Version: 0.1.0",
        ] {
            #expect(sent.contains("\(line)\r\n"), "\(line)")
        }
    }

    @Test(
        "503 is the receiver's own word only in its own words",
        arguments: [
            ("Service Unavailable", "alive, but the hashring is not loaded (503)"),
            (
                "no healthy upstream",
                "a proxy answers that nothing behind it takes writes (503: no healthy upstream)"
            ),
            ("", "a proxy answers that nothing behind it takes writes (503)"),
        ])
    func unavailable(body: String, detail: String) {
        let verdict = RemoteWriteVerdict.of(HTTPResponse(status: 503, text: body))
        #expect(verdict == .failed(.notReady, detail))
    }

    @Test(
        "what a remote-write answer means",
        arguments: [
            (ReceiverAnswer.notReady, "handshake failed(notReady)"),
            (ReceiverAnswer.notFound, "handshake failed(wrongPath)"),
            (
                .http("405 Method Not Allowed", headers: ["Allow: OPTIONS, POST"], ""),
                "handshake passed"
            ),
            (
                .http("405 Method Not Allowed", headers: ["Allow: GET"], ""),
                "handshake failed(wrongPath)"
            ),
            (.http("401 Unauthorized", "who"), "handshake failed(unauthorized)"),
            (.http("403 Forbidden", "no"), "handshake failed(unauthorized)"),
            (.http("200 OK", ""), "handshake failed(unexpectedStatus(200))"),
            (
                .http("302 Found", headers: ["Location: /login"], ""),
                "handshake failed(wrongPath)"
            ),
            (
                .http("308 Permanent Redirect", headers: ["Location: https://a.example/"], ""),
                "handshake failed(redirected)"
            ),
            (
                .http("200 OK", type: "text/html; charset=utf-8", "<html>"),
                "handshake failed(wrongPath)"
            ),
            (
                .http("400 Bad Request", "Client sent an HTTP request to an HTTPS server.\n"),
                "handshake failed(tlsRequired)"
            ),
            (.http("502 Bad Gateway", "no"), "handshake failed(unexpectedStatus(502))"),
        ])
    func verdicts(answer: String, last: String) async throws {
        let server = try LoopbackServer.answering { _ in answer }
        let result = await Prober.loopback().probe(
            ProbeTarget(url: server.url, purpose: .remoteWrite))
        #expect(result.summary == "tcp passed, http passed, \(last)")
        #expect(result.isPassed == last.hasSuffix("passed"))
    }

    @Test(
        "without the handshake the path is only asked with GET",
        arguments: [
            (
                String.http("405 Method Not Allowed", headers: ["Allow: OPTIONS, POST"], ""),
                "passed"
            ),
            (ReceiverAnswer.notFound, "skipped"),
        ])
    func noHandshake(answer: String, outcome: String) async throws {
        let server = try LoopbackServer.answering { _ in answer }
        let result = await Prober.loopback(ProbePolicy(sendsHandshake: false)).probe(
            ProbeTarget(url: server.url, purpose: .remoteWrite))
        #expect(result.summary == "tcp passed, http passed, handshake \(outcome)")
        #expect(server.requests.first?.hasPrefix("GET ") == true)
    }

    @Test(
        "health and readiness",
        arguments: [
            (ProbePurpose.health, String.http("200 OK", "OK"), "http passed"),
            (.ready, .http("200 OK", "OK"), "http passed"),
            (.ready, ReceiverAnswer.notReady, "http failed(notReady)"),
            (.health, ReceiverAnswer.notFound, "http failed(wrongPath)"),
        ])
    func health(purpose: ProbePurpose, answer: String, last: String) async throws {
        let server = try LoopbackServer.answering { _ in answer }
        let result = await Prober.loopback().probe(ProbeTarget(url: server.url, purpose: purpose))
        #expect(result.summary == "tcp passed, \(last)")
        let path = purpose == .health ? "/-/healthy" : "/-/ready"
        #expect(server.requests.first?.hasPrefix("GET \(path) HTTP/1.1") == true)
    }

    @Test("a 404 on the remote-write port proves that it can be reached")
    func healthOnRemoteWritePort() {
        let response = HTTPResponse(status: 404, text: "404 page not found")
        guard case .passed(let detail) = HealthVerdict.of(response, port: 19291) else {
            Issue.record("not passed")
            return
        }
        #expect(detail.contains("no health paths"))
        let elsewhere = HealthVerdict.of(response, port: 10902)
        #expect(elsewhere == .failed(.wrongPath, "wrong path or port (404)"))
    }

    @Test(
        "who takes no writes is quoted, without what may be a secret",
        arguments: [
            (HTTPResponse(status: 404, text: "404 page not found\n"), "404: 404 page not found"),
            (HTTPResponse(status: 405, text: ""), "405"),
            (
                HTTPResponse(
                    status: 302, headers: ["Location": "https://a.example/login?token=s3cret"]),
                "302: redirects to https://a.example/login"
            ),
        ])
    func turnedAway(response: HTTPResponse, text: String) {
        #expect(RemoteWriteVerdict.of(response) == .failed(.wrongPath, "answered \(text)"))
    }

    @Test("nothing listens, and a port that is only opened")
    func tcp() async throws {
        let closed = try LoopbackServer.closedPort()
        let prober = Prober.loopback()
        let refused = await prober.probe(
            ProbeTarget(url: "http://127.0.0.1:\(closed)", purpose: .remoteWrite))
        #expect(refused.summary == "tcp failed(refused)")
        #expect(refused.firstFailure?.kind == .tcp)
        let server = try LoopbackServer { $0.waitForEnd() }
        for url in ["tcp://127.0.0.1:\(server.port)", server.url] {
            let open = await prober.probe(ProbeTarget(url: url, purpose: .tcpOnly))
            #expect(open.summary == "tcp passed")
            #expect(open.isPassed)
        }
    }

    @Test(
        "servers that say nothing, or never end, do not outlast the deadline",
        arguments: [
            "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
            "HTTP/1.1 100 Continue\r\n\r\n",
        ])
    func silence(beginning: String) async throws {
        let server = try LoopbackServer { connection in
            connection.send(beginning)
            connection.waitForEnd()
        }
        let start = ContinuousClock.now
        let result = await Prober.loopback(http: .milliseconds(300)).probe(
            ProbeTarget(url: server.url, purpose: .ready))
        #expect(result.summary == "tcp passed, http failed(timedOut)")
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("a body without end is cut, and its beginning is what counts")
    func endlessBody() async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0x61, count: 1 << 16)) {}
        }
        let result = await Prober.loopback().probe(ProbeTarget(url: server.url, purpose: .health))
        #expect(result.summary == "tcp passed, http passed")
        #expect(result.answer?.body.utf8.count == 500)
    }

    @Test(
        "servers that break off or speak something else",
        arguments: [
            ("", "emptyReply"), ("SSH-2.0-OpenSSH_9.2p1\r\n", "notHTTP"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", "brokenReply"),
            ("HTTP/1.1 200 OK\r\nX: \(String(repeating: "y", count: 400_000))", "brokenReply"),
        ])
    func broken(reply: String, fault: String) async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(reply)
        }
        let result = await Prober.loopback().probe(ProbeTarget(url: server.url, purpose: .health))
        #expect(result.summary == "tcp passed, http failed(\(fault))")
    }

    @Test("control characters of an answer do not reach a report")
    func controlCharacters() async throws {
        let server = try LoopbackServer.answering { _ in
            .http("500 Oops", "a\u{1B}[31mred\u{7}\r\n\u{202E}b\u{0}")
        }
        let result = await Prober.loopback().probe(ProbeTarget(url: server.url, purpose: .health))
        #expect(result.answer?.body == "a [31mred    b")
    }

    @Test("TLS is a hop of its own", .enabled(if: OpenSSL.isInstalled))
    func tls() async throws {
        let folder = try TemporaryFolder()
        try OpenSSL.makeCertificate("good", in: folder)
        let server = try TLSServer(certificate: "good", in: folder)
        var target = ProbeTarget(url: "\(server.url)/x", purpose: .health)
        let untrusted = await Prober.loopback().probe(target)
        #expect(untrusted.hops.map(\.kind) == [.tcp, .tls])
        guard case .failed(.tls(.tlsUnknownAuthority), _) = untrusted.hops[1].outcome else {
            Issue.record("\(untrusted.summary)")
            return
        }
        target.tls.authorities = try folder.read("good.pem")
        let trusted = await Prober.loopback().probe(target)
        #expect(trusted.summary == "tcp passed, tls passed, http passed")
        #expect(trusted.hops[1].duration > .zero)
        #expect(trusted.details[1].contains("for IP Address:127.0.0.1"))
        #expect(trusted.certificate?.validity != nil)
        let resetting = try LoopbackServer { $0.reset() }
        let reset = await Prober.loopback().probe(
            ProbeTarget(url: "https://127.0.0.1:\(resetting.port)", purpose: .health))
        #expect(reset.firstFailure?.kind == .tls || reset.firstFailure?.kind == .tcp)
        let silent = try LoopbackServer { $0.waitForEnd() }
        let late = await Prober.loopback(http: .milliseconds(300)).probe(
            ProbeTarget(url: "https://127.0.0.1:\(silent.port)", purpose: .health))
        #expect(late.summary == "tcp passed, tls failed(timedOut)")
    }

    @Test("several targets at a time come back in their order")
    func order() async throws {
        let server = try LoopbackServer.answering { .http("200 OK", String($0.prefix(20))) }
        let targets = (0..<20).map { ProbeTarget(url: "\(server.url)/\($0)", purpose: .health) }
        let results = await Prober.loopback().probe(targets, concurrency: 3)
        let paths = (0..<20).map { "/\($0)" }
        #expect(results.map(\.target.path) == paths)
        #expect(results.filter(\.isPassed).count == 20)
    }

    @Test("what is not an address to probe", arguments: ["", "ftp://a", "http://", "tcp://a:0"])
    func invalid(url: String) async {
        let result = await Prober.loopback().probe(ProbeTarget(url: url, purpose: .health))
        #expect(result.summary == "dns failed(other)")
    }
}
