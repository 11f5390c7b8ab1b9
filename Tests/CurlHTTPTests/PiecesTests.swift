import CurlHTTP
import Testing

/// The parts that need no network.
struct PiecesTests {
    @Test(
        "URLs are taken apart as far as connecting needs",
        arguments: [
            ("http://a", "http a 80 /"), ("https://a/b?c#d", "https a 443 /b?c"),
            ("http://[::1]:8080/x", "http ::1 8080 /x"), ("HTTP://a:1?q", "http a 1 /?q"),
            ("http://u:p@a:2/", "http a 2 /"), ("http://a:/", "http a 80 /"),
        ])
    func urls(text: String, parts: String) throws {
        let url = try #require(URLParts(text))
        #expect("\(url.scheme) \(url.host) \(url.port) \(url.path)" == parts)
    }

    @Test(
        "what is not a URL for us",
        arguments: [
            "", "a", "http://", "http:///x", "http://a:0", "http://a:x", "http://[::1",
            "http://[::1]x",
            "gopher://a", "http://a\n/", "://a",
        ])
    func notURLs(text: String) {
        #expect(URLParts(text) == nil)
    }

    @Test("base64 there and back", arguments: [0, 1, 2, 3, 57, 255])
    func base64(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
    }

    @Test("what is not base64", arguments: ["a", "ab", "a=b=", "====", "a-b_", "YQ==YQ=="])
    func notBase64(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test(
        "broken certificates have no dates",
        arguments: [
            "", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nMII=\n",
            "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMIT/////\n-----END CERTIFICATE-----",
        ])
    func notCertificates(pem: String) {
        #expect(CertificateValidity(pem: Array(pem.utf8)) == nil)
    }

    @Test(
        "durations in words",
        arguments: [
            (Duration.milliseconds(250), "250 ms"), (.seconds(1), "1 s"),
            (.milliseconds(1550), "1.5 s"),
            (.seconds(-1), "-1000 ms"), (.seconds(Int64.max), "2000000 s"),
        ])
    func durations(duration: Duration, words: String) {
        #expect(duration.inWords == words)
    }

    @Test(
        "days of certificates",
        arguments: [
            (Int64(0), "1970-01-01"), (-1, "1969-12-31"), (951_782_400, "2000-02-29"),
            (1_577_836_799, "2019-12-31"), (253_402_300_799, "9999-12-31"),
        ])
    func days(seconds: Int64, day: String) {
        let validity = CertificateValidity(notBefore: seconds, notAfter: seconds)
        #expect(validity.lastDay == day)
        #expect(validity.firstDay == day)
    }

    @Test("a script answers once each, and reports what was not used and not foreseen")
    func script() async throws {
        let transport = ScriptedTransport([
            .init(.get, "/a", .response(HTTPResponse(status: 200, text: "12345"))),
            .init(.get, "/b", .failure(TransportFailure(.refused, "refused"))),
            .init(.get, "/c", .response(HTTPResponse(status: 200))),
        ])
        let response = try await transport.send(HTTPRequest(.get, "http://x/a", maxBodyBytes: 3))
        #expect(response.text == "123")
        #expect(response.isTruncated)
        await #expect(throws: TransportFailure.self) {
            try await transport.send(HTTPRequest(.get, "http://x/b"))
        }
        await #expect(throws: TransportFailure.self) {
            try await transport.send(HTTPRequest(.get, "http://x/a"))
        }
        #expect(transport.unused.map(\.urlSuffix) == ["/c"])
        #expect(transport.unexpected == ["GET http://x/a"])
        #expect(transport.requests.count == 3)
    }
}
