import Reports
import Testing

struct MaskingRow: Sendable, CustomTestStringConvertible {
    let text: String
    let masked: String

    init(_ text: String, _ masked: String) {
        self.text = text
        self.masked = masked
    }

    var testDescription: String { text }
}

@Suite("Credentials do not leave")
struct MaskingTests {
    private static let keyed = [
        MaskingRow("password: hunter2", "password: ***"),
        MaskingRow("password: \"hun\\\"ter2\" # x", "password: \"***\" # x"),
        MaskingRow("password: 'it''s'", "password: '***'"),
        MaskingRow("  secret_key: abc def", "  secret_key: ***"),
        MaskingRow("{\"accessKey\":\"AK\",\"b\":1}", "{\"accessKey\":\"***\",\"b\":1}"),
        MaskingRow("AWS_SECRET_ACCESS_KEY=abc/+= next", "AWS_SECRET_ACCESS_KEY=*** next"),
        MaskingRow("http://h/x?token=abc&y=1", "http://h/x?token=***&y=1"),
        MaskingRow("X-Amz-Signature=0f0f&z", "X-Amz-Signature=***&z"),
        MaskingRow("\\\"password\\\":\\\"a\\\",", "\\\"password\\\":\\\"***\\\","),
        MaskingRow("bearer_token: \"\"", "bearer_token: \"\""),
        MaskingRow("client-secret = x y", "client-secret = *** y"),
    ]

    private static let telling = [
        MaskingRow("https://user:pa:ss@h:1/p", "https://***@h:1/p"),
        MaskingRow("https://ghp_abc@github.com/x", "https://***@github.com/x"),
        MaskingRow("Authorization: Bearer abc.def", "Authorization: ***"),
        MaskingRow(
            "curl -H \"Authorization: Basic YTpi\" http://h",
            "curl -H \"Authorization: ***\" http://h"),
        MaskingRow("sent Bearer 0123456789abcdef to", "sent Bearer *** to"),
        MaskingRow(
            "saw eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln.", "saw ***"),
        MaskingRow("key AKIAIOSFODNN7EXAMPLE.", "key AKIAIOSFODNN7EXAMPLE."),
        MaskingRow("key AKIAIOSFODNN7EXAMPLE is", "key *** is"),
        MaskingRow(
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----"),
    ]

    private static let blocks = [
        MaskingRow("password: |\n  one\n\n  two\nuser: x", "password: |\n  ***\n\n  ***\nuser: x"),
        MaskingRow(
            "+  password: >-\n+    one\n+  user: x", "+  password: >-\n+    ***\n+  user: x"),
        MaskingRow("password: |\r\n  one\r\nuser: x", "password: |\r\n  ***\r\nuser: x"),
    ]

    private static let harmless = [
        "", "forbidden: list secrets in monitoring", "a bearer token was refused",
        "password_file: /etc/x", "password:\n  name: grafana\n  key: password",
        "password: {name: grafana, key: password}", "automountServiceAccountToken: false",
        "http://192.168.101.210:19291/api/v1/receive", "user@host: https://h/p@q",
        "secretName: thanos-objstore", "-----BEGIN CERTIFICATE-----\nMIIE", "dial tcp: x=1",
    ]

    @Test("A credential becomes asterisks", arguments: keyed + telling + blocks)
    func masks(_ row: MaskingRow) {
        #expect(Masking.masked(row.text) == row.masked)
    }

    @Test("What is no credential stays", arguments: harmless)
    func leaves(_ text: String) {
        #expect(Masking.masked(text) == text)
    }

    @Test("Masking twice changes nothing more", arguments: keyed + telling + blocks)
    func isStable(_ row: MaskingRow) {
        let once = Masking.masked(row.text)
        #expect(Masking.masked(once) == once)
    }

    @Test("No part of a text makes the scanner leave it", arguments: keyed + telling + blocks)
    func survivesTruncation(_ row: MaskingRow) {
        let bytes = Array(row.text.utf8)
        for count in 0...bytes.count {
            _ = Masking.masked(String(decoding: bytes.prefix(count), as: UTF8.self))
            _ = Masking.masked(String(decoding: bytes.suffix(count), as: UTF8.self))
        }
    }
}
