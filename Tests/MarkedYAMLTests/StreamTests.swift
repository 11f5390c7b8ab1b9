import Testing

@testable import MarkedYAML

struct StreamTests {
    struct Broken: CustomTestStringConvertible {
        let name: String
        let text: String
        let code: YAMLError.Code
        /// Where the first error is, as `line:column`.
        let place: String
        /// A word of the message.
        let word: String
        /// What of the stream is still delivered, one JSON a document.
        var documents: [String] = []
        var related: String?
        var testDescription: String { name }
    }

    static let broken: [Broken] = [
        Broken(
            name: "bracket not closed", text: "a: 1\n---\nb: [1,\n---\nc: 3\n", code: .syntax,
            place: "4:1", word: "bracket", documents: [#"{"a":1}"#, #"{"c":3}"#]),
        Broken(
            name: "quote not closed", text: "a: 'x\nb: 2\n---\nc: 3\n", code: .syntax,
            place: "3:1", word: "closing quote", documents: [#"{"c":3}"#]),
        Broken(
            name: "quote not closed at the end", text: "c: 3\n--- \na: \"x\n", code: .syntax,
            place: "4:1", word: "closing quote", documents: [#"{"c":3}"#]),
        Broken(
            name: "wrong indentation", text: "a:\n    b: 1\n  c: 2\n---\n[]\n", code: .syntax,
            place: "3:3", word: "indent", documents: ["[]"]),
        Broken(
            name: "tab", text: "é: 0\n---\na:\n\tb: 1\n--- {x: ö}\n", code: .syntax,
            place: "4:1", word: "tab", documents: [#"{"é":0}"#, #"{"x":"ö"}"#]),
        Broken(
            name: "tab in a continued value", text: "a:\n- b\n\tc\n", code: .syntax,
            place: "3:1", word: "tab"),
        Broken(
            name: "two colons", text: "a: b: c\n", code: .syntax, place: "1:5", word: "quote"),
        Broken(
            name: "a value begins with at", text: "a: @b\n", code: .syntax, place: "1:4",
            word: "\"@\""),
        Broken(
            name: "text after the root", text: "[1]\na: 1\n---\n2\n", code: .syntax,
            place: "2:1", word: "ended", documents: ["2"]),
        Broken(
            name: "duplicate key", text: "a: 1\n---\nb: 1\nc: 2\n'b': 3\n---\nd: 4\n",
            code: .duplicateKey, place: "5:1", word: "\"b\"",
            documents: [#"{"a":1}"#, #"{"d":4}"#], related: "3:1"),
        Broken(
            name: "duplicate key through an alias", text: "a: &x b\n*x : 1\nb: 2\n",
            code: .duplicateKey, place: "3:1", word: "\"b\"", related: "2:1"),
        Broken(
            name: "unknown anchor", text: "a: *x\n---\n1\n", code: .unknownAnchor,
            place: "1:4", word: "&x", documents: ["1"]),
        Broken(
            name: "an anchor of another document", text: "&x a\n---\n*x\n",
            code: .unknownAnchor, place: "3:1", word: "&x", documents: ["\"a\""]),
        Broken(
            name: "recursive alias", text: "a: &x\n  b: *x\n---\n1\n", code: .recursiveAlias,
            place: "2:6", word: "*x", documents: ["1"], related: "1:4"),
        Broken(
            name: "merge of a scalar", text: "<<: 1\n", code: .syntax, place: "1:5",
            word: "merge"),
        Broken(
            name: "NUL", text: "a: 1\n---\nb: \0\n---\nc: 3\n", code: .encoding, place: "3:4",
            word: "NUL", documents: [#"{"a":1}"#, #"{"c":3}"#]),
        Broken(
            name: "control character", text: "a: \u{1}\n", code: .encoding, place: "1:4",
            word: "U+0001"),
        Broken(
            name: "C1 control character", text: "a: é\u{90}\n", code: .encoding, place: "1:5",
            word: "U+0090"),
        Broken(
            name: "unknown escape", text: "a: \"\\q\"\n", code: .syntax, place: "1:5",
            word: "escape"),
        Broken(
            name: "undefined tag", text: "a: !x!y b\n", code: .syntax, place: "1:4", word: "tag"),
    ]

    @Test(
        "a broken document is an error with its place, the others are delivered", arguments: broken)
    func delivers(row: Broken) throws {
        let stream = YAMLReader.stream(SourceText(name: "x", text: row.text))
        let error = try #require(stream.errors.first)
        #expect(stream.errors.count == 1)
        #expect(error.code == row.code)
        #expect("\(error.range.start.line):\(error.range.start.column)" == row.place)
        #expect(error.message.contains(row.word), "\(error.message)")
        #expect(stream.documents.map(\.plainValue.compact) == row.documents)
        let related = error.related.map { "\($0.start.line):\($0.start.column)" }
        if row.code != .syntax { #expect(related == row.related) }
        #expect(error.description == "x:\(row.place): \(error.message)")
    }

    @Test func placesAfterABrokenDocumentAreRight() throws {
        let stream = YAMLReader.stream(
            SourceText(name: "x", text: "é: [\n---\nb: ö\nc: d\n---\n}\n--- {e: 'f'}\n"))
        #expect(stream.errors.count == 2)
        #expect(stream.documents.count == 2)
        let c = try #require(stream.documents[0]["c"])
        #expect(place(c.range) == "4:4-4:5")
        let f = try #require(stream.documents[1]["e"])
        #expect(place(f.range) == "7:9-7:12")
        #expect(f.range.text == "'f'")
    }

    @Test func allDuplicatesOfADocumentAreReported() {
        let keys = (0..<40).map { "k\($0): 1\n" }.joined()
        let stream = YAMLReader.stream(SourceText(name: "x", text: keys + "k7: 2\nk9: 3\nk9: 3\n"))
        #expect(stream.documents.isEmpty)
        #expect(stream.errors.map(\.range.start.line) == [41, 42, 43])
        #expect(stream.errors.map(\.related?.start.line) == [8, 10, 42])
    }

    @Test func invalidUTF8BreaksOnlyItsDocument() {
        let bytes = Array("a: 1\n---\nb: ".utf8) + [0xE9, 0x0A] + Array("---\nc: ü\n".utf8)
        let stream = YAMLReader.stream(SourceText(name: "x", bytes: bytes))
        #expect(stream.errors.map(\.code) == [.encoding])
        #expect(stream.errors.first?.message.contains("0xE9") == true)
        #expect(stream.documents.map(\.plainValue) == [["a": 1], ["c": "ü"]])
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
    func utf16IsAClearError(bytes: [UInt8]) {
        let stream = MarkedReader.stream(SourceText(name: "x", bytes: bytes))
        #expect(stream.errors.map(\.code) == [.encoding])
        #expect(stream.errors.first?.message.contains("UTF-16") == true)
    }

    @Test func emptyTextsHaveNoDocumentsAndBareLinesHaveNullOnes() {
        #expect(YAMLReader.stream(SourceText(name: "x", text: "")).documents.isEmpty)
        #expect(YAMLReader.stream(SourceText(name: "x", text: "# only\n")).documents.isEmpty)
        let stream = YAMLReader.stream(SourceText(name: "x", text: "---\n---\na: 1\n---\n"))
        #expect(stream.errors == [])
        #expect(stream.documents.map(\.isNull) == [true, false, true])
    }

    @Test func everyTruncationIsReadWithoutHarm() {
        let bytes = Array(manifest.utf8)
        for length in 0...bytes.count {
            let source = SourceText(name: "x", bytes: Array(bytes[..<length]))
            let stream = YAMLReader.stream(source)
            #expect(stream.documents.count <= 1)
            #expect(stream.documents.isEmpty || stream.errors.isEmpty)
            for node in stream.documents.flatMap(subtree) {
                #expect(node.range.end.offset <= length)
                _ = node.place(ofByte: 3)
            }
        }
    }

    @Test(arguments: [
        ("x.yaml", "{a: 1}", ["{\"a\":1}"], 0), ("x.json", "{a: 1}", [], 1),
        ("x.yaml", "{\"a\": \"\\ud83d\\ude00\"}", ["{\"a\":\"😀\"}"], 0),
        ("<stdin>", " \n[1]\n", ["[1]"], 0), ("x.yaml", "[1]\n---\n[2]\n", ["[1]", "[2]"], 0),
        ("x.JSON", "", [], 1), ("x.json", "3", ["3"], 0),
        ("x.yaml", "{\t\"a\":\t1}", ["{\"a\":1}"], 0),
    ])
    func theRightReaderIsChosen(name: String, text: String, documents: [String], errors: Int) {
        let stream = MarkedReader.stream(SourceText(name: name, text: text))
        #expect(stream.documents.map(\.plainValue.compact) == documents)
        #expect(stream.errors.count == errors)
    }
}
