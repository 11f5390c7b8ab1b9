import MetricsText
import Testing

@Suite("Metrics pages")
struct MetricsReaderTests {
    @Test("keep what is wanted, with labels and values as Go writes them")
    func wanted() {
        let page = MetricsReader.page(
            """
            # HELP a_total what it is
            # TYPE a_total counter
            a_total{code="200",path="a\\"b\\\\c\\nd"} 3
            a_total{code="500",} 1.5e+3 1700000000000
            b 1
            c{} +Inf
            """, families: ["a_total", "c"])
        #expect(page.names == ["a_total", "c"])
        #expect(page.sum("a_total") == 1503)
        #expect(page.sum("a_total", where: ["code": "500"]) == 1500)
        #expect(page.points("a_total").first?.labels["path"] == "a\"b\\c\nd")
        #expect(page.sum("c") == .infinity)
        #expect(page.sum("b") == nil)
        #expect(page.defect == nil)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("<html>\n<body>hello</body>\n</html>", MetricsDefect.notMetrics),
            ("\u{1F}\u{8B}\u{0}\u{1}", .notMetrics),
            ("a 1\na{b=\"} 2\n", .malformed(line: 2)),
            ("a 1\na one\n", .malformed(line: 2)),
        ])
    func defects(text: String, defect: MetricsDefect) {
        #expect(MetricsReader.page(text, families: ["a"]).defect == defect)
    }

    @Test("have bounds: bytes, series, and the length of a line")
    func bounds() {
        var limits = MetricsReader.Limits()
        limits.bytes = 100
        limits.series = 3
        limits.line = 20
        var long = MetricsReader(families: ["a"], limits: limits)
        let isLongRead = long.read(Array("a 1\n# \(String(repeating: "x", count: 200))".utf8))
        #expect(!isLongRead)
        #expect(long.finish().defect == .tooLong(bytes: 100))
        var many = MetricsReader(families: ["a"], limits: limits)
        let isManyRead = many.read(Array("a 1\na 2\na 3\na 4\n".utf8))
        #expect(!isManyRead)
        #expect(many.finish().defect == .tooManySeries(3))
        var wide = MetricsReader(families: ["a"], limits: limits)
        let isWideRead = wide.read(
            Array("a{b=\"\(String(repeating: "x", count: 30))\"} 1\na 2\n".utf8))
        #expect(isWideRead)
        #expect(wide.finish().sum("a") == 2)
    }

    @Test("are the same whatever pieces they come in")
    func pieces() {
        let text = Array("a{b=\"c\"} 1\na 2\n".utf8)
        for size in 1...text.count {
            var reader = MetricsReader(families: ["a"])
            for start in stride(from: 0, to: text.count, by: size) {
                let isRead = reader.read(Array(text[start..<min(start + size, text.count)]))
                #expect(isRead)
            }
            #expect(reader.finish().sum("a") == 3)
        }
    }
}
