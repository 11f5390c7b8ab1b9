import Testing

@testable import MarkedYAML

struct JSONReaderTests {
    private func read(_ text: String) throws(YAMLError) -> Node {
        try JSONReader.document(SourceText(name: "x.json", text: text))
    }

    struct Valid: CustomTestStringConvertible {
        let json: String
        let value: JSONValue
        var testDescription: String { json.debugDescription }
    }

    @Test(
        "what RFC 8259 allows is read",
        arguments: [
            Valid(json: "null", value: nil), Valid(json: " true\r\n", value: true),
            Valid(json: "false", value: false), Valid(json: "\"\"", value: ""),
            Valid(json: "0", value: 0), Valid(json: "-0", value: 0),
            Valid(json: "1e5", value: 100000.0), Valid(json: "1E+2", value: 100.0),
            Valid(json: "-1.5e-1", value: -0.15), Valid(json: "[]", value: []),
            Valid(json: "{}", value: [:]), Valid(json: "[[],{}]", value: [[], [:]]),
            Valid(json: "{\t\"a\"\t:\t1}", value: ["a": 1]),
            Valid(json: "\u{FEFF}[1]", value: [1]),
            Valid(json: #""\"\\\/\b\f\n\r\t\u00e9""#, value: "\"\\/\u{8}\u{C}\n\r\t\u{e9}"),
            Valid(json: #""\ud83d\ude00""#, value: "😀"),
            Valid(json: #""\ud83dx\ude00\ud83d\u0041""#, value: "\u{FFFD}x\u{FFFD}\u{FFFD}A"),
            Valid(json: #""\u0000""#, value: "\0"),
            Valid(json: "\"\u{7F}ä\u{2028}\"", value: "\u{7F}ä\u{2028}"),
            Valid(json: #"{"":{"":1}}"#, value: ["": ["": 1]]),
            Valid(json: #"["yes", "~", "null", "1"]"#, value: ["yes", "~", "null", "1"]),
            Valid(json: "123456789012345678901234567890", value: 123456789012345678901234567890.0),
        ])
    func valid(row: Valid) throws {
        #expect(try read(row.json).plainValue == row.value)
    }

    struct Invalid: CustomTestStringConvertible {
        let json: String
        let column: Int
        var word = ""
        var testDescription: String { json.debugDescription }
    }

    @Test(
        "what RFC 8259 does not allow is refused at its place",
        arguments: [
            Invalid(json: "", column: 1, word: "ends"), Invalid(json: "  ", column: 3),
            Invalid(json: "[1,]", column: 4, word: "a value"), Invalid(json: "[1 2]", column: 4),
            Invalid(json: "[", column: 2, word: "]"), Invalid(json: "{", column: 2, word: "}"),
            Invalid(json: "{\"a\"}", column: 5, word: ":"), Invalid(json: "{a: 1}", column: 2),
            Invalid(json: "{\"a\":1,}", column: 8), Invalid(json: "{'a':1}", column: 2, word: "\""),
            Invalid(json: "{\"a\":}", column: 6), Invalid(json: "[1]]", column: 4),
            Invalid(json: "01", column: 2, word: "0"), Invalid(json: "-", column: 2),
            Invalid(json: "1.", column: 3), Invalid(json: ".5", column: 1),
            Invalid(json: "1e", column: 3), Invalid(json: "+1", column: 1),
            Invalid(json: "0x1", column: 2), Invalid(json: "NaN", column: 1),
            Invalid(json: "True", column: 1), Invalid(json: "nul", column: 1),
            Invalid(json: "\"a", column: 3, word: "closing"), Invalid(json: "\"\t\"", column: 2),
            Invalid(json: "\"\\x41\"", column: 2, word: "backslash"),
            Invalid(json: "\"\\u12g4\"", column: 2), Invalid(json: "\"\\", column: 2),
            Invalid(json: "// x\n1", column: 1), Invalid(json: "[\u{A0}1]", column: 2),
            Invalid(json: "[1]\0", column: 4), Invalid(json: "{\"a\":1 \"b\":2}", column: 8),
            Invalid(json: "{]", column: 2), Invalid(json: "[}", column: 2),
        ])
    func invalid(row: Invalid) {
        let error = #expect(throws: YAMLError.self) { try read(row.json) }
        #expect(error?.range.start.column == row.column)
        #expect(error?.range.start.line == 1)
        #expect(error?.message.contains(row.word) == true)
    }

    @Test(
        arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]] as [[UInt8]]
    )
    func invalidUTF8IsRefused(bytes: [UInt8]) {
        let source = SourceText(name: "x", bytes: [0x22] + bytes + [0x22])
        let error = #expect(throws: YAMLError.self) { try JSONReader.document(source) }
        #expect(error?.code == .encoding)
        #expect(error?.range.bytes.lowerBound == 1)
    }

    @Test func theLastOfEqualKeysCounts() throws {
        let node = try read(#"{"a": 1, "b": 2, "a": 3, "\u0061": 4}"#)
        #expect(node["a"]?.int == 4)
        #expect(node.key("a")?.range.text == #""\u0061""#)
        #expect(node.count == 4)
    }

    @Test func aMergeKeyIsOnlyAKeyInJSON() throws {
        let node = try read(#"{"<<": {"a": 1}}"#)
        #expect(node["<<"]?["a"]?.int == 1)
        #expect(node["a"] == nil)
    }

    @Test func rangesCoverTheContent() throws {
        let node = try read("{\n  \"ä\": [1, \"x\\ny\" ] ,\n\"b\":{ }}\n")
        #expect(node.range.text == "{\n  \"ä\": [1, \"x\\ny\" ] ,\n\"b\":{ }}")
        #expect(node["ä"]?.range.text == "[1, \"x\\ny\" ]")
        #expect(node["ä"].map { place($0.items[1].range) } == "2:12-2:18")
        #expect(node["b"]?.range.text == "{ }")
        #expect(node["b"]?.isFlow == true)
    }

    @Test func longKeysAreAllowed() throws {
        let key = String(repeating: "k", count: 5000)
        #expect(try read("{\"\(key)\": 1}")[key]?.int == 1)
    }

    @Test func everyTruncationIsRefused() {
        let text = Array(#"{"a": [1.5e3, "ä\n\u00e9", true, null], "b": {"c": false}}"#.utf8)
        for length in 0..<text.count {
            let source = SourceText(name: "x", bytes: Array(text[..<length]))
            #expect(throws: YAMLError.self) { try JSONReader.document(source) }
        }
    }

    @Test("what is written is read again", arguments: [nil, 2, 4])
    func roundTrip(indent: Int?) throws {
        let value: JSONValue = [
            "z": [1, -2, 3.5, true, nil, "a\"\\\n\t\u{1}ä😀\u{2028}"], "a": [:], "m": [],
            "nested": ["x": ["y": [["deep"]]]], "": "",
        ]
        let text = value.encoded(indent: indent)
        #expect(try read(text).plainValue == value)
        #expect(try root(text).plainValue == value)
    }

    @Test func encodingIsExact() {
        let value: JSONValue = ["b": [1, 2.0, 1e21, "x/y"], "a": [:], "c": [], "d": .double(.nan)]
        #expect(value.compact == #"{"b":[1,2,1e+21,"x/y"],"a":{},"c":[],"d":null}"#)
        #expect(
            value.pretty == """
                {
                  "b": [
                    1,
                    2,
                    1e+21,
                    "x/y"
                  ],
                  "a": {},
                  "c": [],
                  "d": null
                }
                """)
    }

    @Test func objectsKeepTheirOrder() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = 4
        object["a"] = nil
        #expect(object.members.map(\.name) == ["b", "c"])
        #expect(JSONValue.object(object)["b"] == 4)
        #expect(JSONValue.null["b"] == nil)
    }
}
