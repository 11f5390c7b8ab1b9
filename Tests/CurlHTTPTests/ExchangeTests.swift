import CurlHTTP
import LoopbackServer
import Testing

/// Plain HTTP over loopback: what comes back, and what is sent.
@Suite(.timeLimit(.minutes(1)))
struct ExchangeTests {
    @Test("an answer carries status, headers without case, body, address and timing")
    func answer() async throws {
        let server = try LoopbackServer.answering { _ in
            .http(
                "404 Not Found", headers: ["X-Two: a", "x-two:  b ", "X-Empty:"], "no such thing")
        }
        let response = try await CurlClient().send(HTTPRequest(.get, "\(server.url)/a?b=c"))
        #expect(response.status == 404)
        #expect(response.headers.all("X-TWO") == ["a", "b"])
        #expect(response.headers["x-empty"] == "")
        #expect(response.text == "no such thing")
        #expect(response.contentType == "text/plain")
        #expect(!response.isTruncated)
        #expect(response.remoteAddress == "127.0.0.1")
        #expect(response.timing.total >= response.timing.firstByte)
        #expect(response.timing.firstByte >= response.timing.connect)
        #expect(response.timing.connect > .zero)
    }

    @Test(
        "every method is sent as itself, with its body and no form content type",
        arguments: HTTPRequest.Method.allCases)
    func methods(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer.answering { request in
            request.hasPrefix("HEAD")
                ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" : .http("200 OK", "done")
        }
        var request = HTTPRequest(method, "\(server.url)/path")
        if method == .post || method == .put { request.body = Array("payload".utf8) }
        let response = try await CurlClient().send(request)
        #expect(response.status == 200)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("\(method.rawValue) /path HTTP/1.1\r\n"))
        #expect(sent.contains("User-Agent: thanosctl\r\n"))
        #expect(!sent.lowercased().contains("x-www-form-urlencoded"))
        #expect(!sent.lowercased().contains("expect:"))
        #expect(sent.hasSuffix("payload") == !request.body.isEmpty)
    }

    @Test("an empty POST has the length 0")
    func emptyPost() async throws {
        let server = try LoopbackServer.answering { _ in .http("400 Bad Request", "corrupt") }
        let request = HTTPRequest(
            .post, server.url, headers: ["Content-Type": "application/x-protobuf"])
        #expect(try await CurlClient().send(request).status == 400)
        let sent = try #require(server.requests.first)
        #expect(sent.contains("Content-Length: 0\r\n"))
        #expect(sent.contains("Content-Type: application/x-protobuf\r\n"))
    }

    @Test("a body is cut at the bound and says so", arguments: [0, 1, 9, 10, 11])
    func bounds(limit: Int) async throws {
        let server = try LoopbackServer.answering { _ in .http("200 OK", "0123456789") }
        let request = HTTPRequest(.get, server.url, maxBodyBytes: limit)
        let response = try await CurlClient().send(request)
        #expect(response.text == String("0123456789".prefix(limit)))
        #expect(response.isTruncated == (limit < 10))
    }

    @Test("a body without end is cut at the bound")
    func endlessBody() async throws {
        let server = try LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0x61, count: 1 << 16)) {}
        }
        let request = HTTPRequest(.get, server.url, maxBodyBytes: 1 << 20)
        let response = try await CurlClient().send(request)
        #expect(response.body.count == 1 << 20)
        #expect(response.isTruncated)
    }

    @Test("redirects are answers unless they are to be followed", arguments: [false, true])
    func redirects(follows: Bool) async throws {
        let server = try LoopbackServer.answering { request in
            request.hasPrefix("GET /end ")
                ? .http("200 OK", "end")
                : .http("302 Found", headers: ["Location: /end", "X-First: 1"], "")
        }
        let request = HTTPRequest(.get, "\(server.url)/start", followsRedirects: follows)
        let response = try await CurlClient().send(request)
        #expect(response.status == (follows ? 200 : 302))
        #expect(response.headers["X-First"] == (follows ? nil : "1"))
    }

    @Test(
        "credentials go into the Authorization header",
        arguments: [
            (Authorization.bearer("t0ken"), "Authorization: Bearer t0ken\r\n"),
            (.basic(user: "u", password: "p:q"), "Authorization: Basic dTpwOnE=\r\n"),
            (
                .signatureV4(SigningKey(accessKey: "AK", secretKey: "SK", region: "eu-1")),
                "Authorization: AWS4-HMAC-SHA256 Credential=AK/"
            ),
        ])
    func authorization(authorization: Authorization, header: String) async throws {
        let server = try LoopbackServer.answering { _ in .http("200 OK", "") }
        let request = HTTPRequest(.get, server.url, authorization: authorization)
        _ = try await CurlClient().send(request)
        #expect(server.requests.first?.contains(header) == true)
    }

    @Test(
        "credentials are not printed",
        arguments: [
            "\(Authorization.bearer("hush"))",
            "\(Authorization.signatureV4(SigningKey(accessKey: "A", secretKey: "hush", region: "r")))",
            String(reflecting: Authorization.basic(user: "u", password: "hush")),
            String(reflecting: SigningKey(accessKey: "A", secretKey: "hush", region: "r")),
            "\(HTTPRequest(.get, "http://a", authorization: .bearer("hush")))",
            "\(TLSOptions(clientCertificate: ClientCertificate(certificate: [], key: [104, 117])))",
        ])
    func secrecy(text: String) {
        #expect(!text.contains("hush"))
        #expect(!text.contains("104, 117"))
    }

    @Test("names in the table are connected to without DNS")
    func resolveTable() async throws {
        let server = try LoopbackServer.answering { _ in .http("200 OK", "found") }
        let request = HTTPRequest(
            .get, "http://nowhere.invalid:\(server.port)/",
            resolve: [
                ResolvedName(host: "nowhere.invalid", port: server.port, address: "127.0.0.1")
            ])
        #expect(try await CurlClient().send(request).text == "found")
        #expect(server.requests.first?.contains("Host: nowhere.invalid:\(server.port)") == true)
    }

    @Test("a proxy that is named is used, with the whole URL in the request line")
    func proxy() async throws {
        let server = try LoopbackServer.answering { _ in .http("200 OK", "from the proxy") }
        let request = HTTPRequest(.get, "http://far.invalid/x", proxy: .url(server.url))
        #expect(try await CurlClient().send(request).text == "from the proxy")
        #expect(server.requests.first?.hasPrefix("GET http://far.invalid/x HTTP/1.1") == true)
    }

    @Test("one connection serves requests that follow each other")
    func connectionReuse() async throws {
        let server = try LoopbackServer.answering { _ in .http("200 OK", "x") }
        let client = CurlClient()
        for _ in 0..<20 { _ = try await client.send(HTTPRequest(.get, server.url)) }
        #expect(server.requests.count == 20)
        #expect(server.connectionCount == 1)
    }

    @Test("many requests at once are all answered by few connections")
    func concurrency() async throws {
        let server = try LoopbackServer.answering { .http("200 OK", String($0.prefix(40))) }
        let client = CurlClient(concurrency: 4)
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let response = try await client.send(
                        HTTPRequest(.get, "\(server.url)/\(number)"))
                    return response.text.hasPrefix("GET /\(number) ")
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(answers == 200)
        #expect(server.connectionCount <= 8)
    }
}
