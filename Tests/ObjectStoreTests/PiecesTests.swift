import Testing

@testable import ObjectStore

@Suite("the pieces of the S3 client")
struct PiecesTests {
    @Test("leaves of XML as servers write it")
    func leaves() {
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment -->
            <Error a="b"><Code>NoSuchKey</Code> <Message>a &lt; b &amp; &#x41;&#66;</Message>
            <s3:Empty/><Deep><Key><![CDATA[<&>]]></Key></Deep></Error>
            """
        #expect(
            XMLLeaf.leaves(of: Array(document.utf8)) == [
                XMLLeaf(parent: "Error", name: "Code", text: "NoSuchKey"),
                XMLLeaf(parent: "Error", name: "Message", text: "a < b & AB"),
                XMLLeaf(parent: "Error", name: "Empty", text: ""),
                XMLLeaf(parent: "Deep", name: "Key", text: "<&>"),
            ])
        for length in 0..<document.utf8.count {
            #expect(XMLLeaf.leaves(of: Array(document.utf8.prefix(length))) == nil)
        }
    }

    @Test(
        "what is not XML, or not S3's, is refused",
        arguments: [
            "", "text", "<a>", "</a>", "<a></b>", "<a>&nbsp;</a>", "<a>&#xD800;</a>", "<a>&",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a></a>trailing", "<>x</>",
            String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17),
        ])
    func notXML(text: String) {
        #expect(XMLLeaf.leaves(of: Array(text.utf8)) == nil)
    }

    @Test(
        "durations as Prometheus writes them",
        arguments: [
            ("1m30s", .seconds(90)), ("0", .zero), ("0s", .zero), ("1d", .seconds(86400)),
            ("1h1ms", .milliseconds(3_600_001)), ("2m", .seconds(120)), ("", nil), ("5", nil),
            ("s", nil), ("1s1m", nil), ("-1s", nil), ("1.5s", nil),
            ("9223372036854775807y", nil), ("99999999999999999999s", nil),
        ] as [(String, Duration?)])
    func durations(text: String, duration: Duration?) {
        #expect(GoDuration.parse(text) == duration)
    }

    @Test("percent encoding comes back, and keeps nothing but the unreserved")
    func percent() {
        let text = "a/b c+d%é~&=?\u{7F}"
        #expect(PercentEncoding.encode(text) == "a%2Fb%20c%2Bd%25%C3%A9~%26%3D%3F%7F")
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        #expect(PercentEncoding.decode("a+b%2f") == "a b/")
        #expect(PercentEncoding.decode("%") == nil)
        #expect(PercentEncoding.decode("%4") == nil)
        #expect(PercentEncoding.decode("%zz") == nil)
    }

    @Test(
        "an address by endpoint and manner of lookup",
        arguments: [
            ("127.0.0.1:9000", "auto", "http://127.0.0.1:9000/metrics/a%20b/c?x=%2F"),
            ("127.0.0.1:9000", "virtual-hosted", "http://metrics.127.0.0.1:9000/a%20b/c?x=%2F"),
            ("s3.example/", "path", "http://s3.example/metrics/a%20b/c?x=%2F"),
            (
                "s3.amazonaws.com", "auto",
                "http://metrics.s3.dualstack.eu-west-1.amazonaws.com/a%20b/c?x=%2F"
            ),
            (
                "s3.eu-central-1.amazonaws.com", "path",
                "http://s3.eu-central-1.amazonaws.com/metrics/a%20b/c?x=%2F"
            ),
            ("[::1]:9000", "auto", "http://[::1]:9000/metrics/a%20b/c?x=%2F"),
        ])
    func addresses(endpoint: String, lookup: String, url: String) throws {
        let address = S3Address(Self.endpoint(endpoint, lookup), bucket: "metrics")
        #expect(address.url(key: "a b/c", query: [("x", "/")], region: "eu-west-1") == url)
    }

    @Test(
        "the region that an address of AWS names",
        arguments: [
            ("s3.eu-central-1.amazonaws.com", "eu-central-1"),
            ("s3.dualstack.ap-south-1.amazonaws.com", "ap-south-1"),
            ("s3.cn-north-1.amazonaws.com.cn", "cn-north-1"), ("s3.amazonaws.com", nil),
            ("127.0.0.1:9000", nil), ("s3.example", nil),
        ])
    func regions(endpoint: String, region: String?) {
        let address = S3Address(Self.endpoint(endpoint, "auto"), bucket: "metrics")
        #expect(address.knownRegion == region)
    }

    private static func endpoint(_ address: String, _ lookup: String) -> S3Configuration.Endpoint {
        S3Configuration.Endpoint(
            address: address, isInsecure: true, region: "",
            lookup: S3Configuration.Endpoint.Lookup(rawValue: lookup) ?? .auto,
            isDualStackDisabled: false)
    }
}
