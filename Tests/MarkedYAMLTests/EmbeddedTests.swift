import Testing

@testable import MarkedYAML

struct EmbeddedTests {
    static let configMap = """
        # größe
        apiVersion: v1
        kind: ConfigMap
        data:
          ünï: ä
          prometheus.yml: |
            global:
              external_labels: {cluster: "eu-ö"}  # ü

            remote_write:
              - url: http://receive:19291/api/v1/receive
                headers:
                  THANOS-TENANT: team-ä
          hashrings.json: |-
            [
              {
                "hashring": "söft",
                "endpoints": ["r-0:10901", {"address": "r\\u002d1:10901"}]
              }
            ]
          quoted.json: "[{\\"endpoints\\": [\\"a:1\\",\\n \\"é\\\\u0062:2\\"]}]"
          single.json: '[{"endpoints": ["it''s:1",

            "b:2"]}]'
          folded.json: >
            [{"endpoints":
            ["a:1",

            "b:2"]}]
          plain.json: "[1,\\
            \\ 2]"
          indented.yml: |2-
              a:
                b: c
             d
          nested.yml: |
            outer:
              inner.json: |
                {"x": ["y\\n", "z"]}

        """

    private func data(crlf: Bool) throws -> Node {
        let text = crlf ? Self.configMap.replacing("\n", with: "\r\n") : Self.configMap
        return try #require(try root(text)["data"])
    }

    @Test("places inside an embedded document are those of the file", arguments: [false, true])
    func literal(crlf: Bool) throws {
        let stream = try #require(try data(crlf: crlf)["prometheus.yml"]).embeddedYAML()
        #expect(stream.errors == [])
        let config = try #require(stream.documents.first)
        let cluster = try #require(config[path: "global", "external_labels", "cluster"])
        #expect(cluster.range.text == "\"eu-ö\"")
        #expect(place(cluster.range) == "8:34-8:40")
        let write = try #require(config["remote_write"]?.items.first)
        #expect(place(write.range) == "11:9-13:32")
        #expect(write["url"]?.range.text == "http://receive:19291/api/v1/receive")
        #expect(write[path: "headers", "THANOS-TENANT"]?.range.text == "team-ä")
        #expect(write.key("headers").map { place($0.range) } == "12:9-12:16")
        #expect(config.range.end == write.range.end)
        #expect(config.source.name == "test.yaml")
    }

    @Test(arguments: [false, true])
    func jsonInALiteral(crlf: Bool) throws {
        let rings = try #require(try data(crlf: crlf)["hashrings.json"]).embeddedJSON()
        let ring = try #require(rings.items.first)
        #expect(ring["hashring"]?.range.text == "\"söft\"")
        let endpoints = try #require(ring["endpoints"]?.items)
        #expect(place(endpoints[0].range) == "18:23-18:34")
        let address = try #require(endpoints[1]["address"])
        #expect(address.string == "r-1:10901")
        #expect(address.range.text == #""r\u002d1:10901""#)
        #expect(place(address.range) == "18:48-18:64")
        #expect(address.place(ofByte: 1) == address.range(ofBytes: 1..<2).start)
        #expect(address.range(ofBytes: 0..<1).text == "r")
        #expect(address.range(ofBytes: 1..<2).text == #"\u002d"#)
        #expect(address.range(ofBytes: 2..<3).text == "1")
    }

    struct Quoted: CustomTestStringConvertible {
        let key: String
        let texts: [String]
        var testDescription: String { key }
    }

    @Test(
        "places are found through every style of scalar",
        arguments: [
            Quoted(key: "quoted.json", texts: [#"\"a:1\""#, #"\"é\\u0062:2\""#]),
            Quoted(key: "single.json", texts: [#""it''s:1""#, #""b:2""#]),
            Quoted(key: "folded.json", texts: [#""a:1""#, #""b:2""#]),
        ], [false, true])
    func styles(row: Quoted, crlf: Bool) throws {
        let rings = try #require(try data(crlf: crlf)[row.key]).embeddedJSON()
        let endpoints = try #require(rings.items.first?["endpoints"]?.items)
        #expect(endpoints.map(\.range.text) == row.texts)
        let again = rings.source.bytes
        #expect(endpoints.allSatisfy { $0.source.bytes == again })
    }

    @Test func anEscapedLineBreakIsFollowed() throws {
        let list = try #require(try data(crlf: false)["plain.json"]).embeddedJSON()
        #expect(list.plainValue == [1, 2])
        #expect(place(list.items[1].range) == "31:7-31:8")
    }

    @Test(arguments: [false, true])
    func anIndentationIndicatorIsFollowed(crlf: Bool) throws {
        let node = try #require(try data(crlf: crlf)["indented.yml"])
        #expect(node.string == "  a:\n    b: c\n d")
        #expect(place(node.range(ofBytes: 2..<3)) == "33:7-33:8")
        #expect(node.range(ofBytes: 12..<13).text == "c")
        #expect(node.range(ofBytes: 15..<16).text == "d")
        #expect(node.place(ofByte: 99) == node.range.end)
        let stream = node.embeddedYAML()
        #expect(stream.errors.first.map { place($0.range) } == "35:6-35:7")
    }

    @Test(arguments: [false, true])
    func embeddedInEmbeddedComposes(crlf: Bool) throws {
        let nested = try #require(try data(crlf: crlf)["nested.yml"]).embeddedYAML()
        let inner = try #require(nested.documents.first?[path: "outer", "inner.json"])
        let json = try inner.embeddedJSON()
        let strings = try #require(json["x"]?.items)
        #expect(strings[1].range.text == "\"z\"")
        #expect(place(strings[1].range) == "39:23-39:26")
        #expect(strings[0].range(ofBytes: 1..<2).text == #"\n"#)
        #expect(strings[0].place(ofByte: 1).line == 39)
    }

    @Test func errorsInAnEmbeddedDocumentAreInTheFile() throws {
        let node = try root("a: |\n  {\"b\": tru}\nb: |\n  c: 1\n  c: 2\n")
        let json = try #require(node["a"])
        let error = #expect(throws: YAMLError.self) { try json.embeddedJSON() }
        #expect(error.map { place($0.range) } == "2:9-2:10")
        let stream = try #require(node["b"]).embeddedYAML()
        #expect(stream.errors.first.map { place($0.range) } == "5:3-5:4")
        #expect(stream.errors.first?.related.map { place($0) } == "4:3-4:4")
    }

    struct Decoded: CustomTestStringConvertible {
        let yaml: String
        var testDescription: String { yaml.debugDescription }
    }

    @Test(
        "each decoded byte comes from a byte that can have become it",
        arguments: [
            "- a b\n   c\n\n\n  d  e\n", "- 'a ''b''\n\n   c'\n",
            "- \"a \\\n   b\\tc\\x41 \\u00e9\"\n",
            "- \"a  \n\n  \n b\"\n", "- >\n  a\n  b\n\n  c\n    d\n    e\n  f\n\n",
            "- |\n  a\n\n\n  b\n",
            "- >-\n\n  a\n   b\n\n   c\n  d\n", "- >+\n  a\n\n\n- x\n", "- |+\n  a\n\n\n- x\n",
            "- |1\n   a\n  b\n", "- |-\n\n\n  a", "- >2-\n    a\n   b\n   c\n",
            "- &x !!str |\n a\n b\n",
            "- &x 'a\n  b'\n", "- &x # c\n  \"a\n  b\\e\"\n", "- !!str a\n  b\n",
            "- é\n  ü\u{2028} x\n",
            "- |\n  é\u{85}  ü\n", "- \"\\_\\N\\L\\P\\0\\a\\v\\ \\U0001F600\"\n",
            "- >\n  a\r\n  b\r\n\r\n  c\r\n", "- ''\n", "- |\n", "- >\n\n", "- \"\"\n",
            "- |\n \n  a\n",
            "- >\n  a \n  b\t\n\n   c\n", "- \"a\\\r\n  b\r\n\r\n c\"\n",
            "- \"\\uD83D\\uDE00 x\"\n",
        ].map(Decoded.init))
    func everyByteHasAPlace(row: Decoded) throws {
        let source = SourceText(name: "x", text: row.yaml)
        let stream = YAMLReader.stream(source)
        guard let node = stream.documents.first?.items.first else {
            #expect(row.yaml.contains("uD83D"))
            return
        }
        let decoded = try #require(node.withUTF8 { Array($0) })
        var last = 0
        for (index, byte) in decoded.enumerated() {
            let range = node.range(ofBytes: index..<(index + 1)).bytes
            #expect(range.lowerBound >= last)
            last = range.lowerBound
            let written = Array(source.bytes[range])
            let isSame = written == [byte]
            let isBreak = byte == 0x0A || byte == 0x20
            let becameBlank = isBreak && written.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0x85 }
            #expect(
                isSame || becameBlank || written.first == UInt8(ascii: "\\")
                    || written == [39, 39],
                "byte \(index) \(byte) from \(range) \(written)")
        }
        #expect(node.place(ofByte: decoded.count).offset >= last)
    }
}
