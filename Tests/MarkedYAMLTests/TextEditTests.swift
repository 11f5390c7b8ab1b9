import Testing

@testable import MarkedYAML

struct TextEditTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        let before: String
        var path: [String] = []
        let after: String?
        var testDescription: String { name }
    }

    private func node(_ row: Row) throws -> Node {
        let stream = YAMLReader.stream(SourceText(name: "x", text: row.before))
        var node = try #require(stream.documents.first)
        for step in row.path {
            switch step {
            case "|": node = try #require(node.embeddedYAML().documents.first)
            case "json": node = try node.embeddedJSON()
            default: node = try #require(Int(step).map { node.items[$0] } ?? node[step])
            }
        }
        return node
    }

    private func apply(_ edit: TextEdit?) -> String? {
        guard let edit else { return nil }
        var bytes = edit.range.source.bytes
        bytes.replaceSubrange(edit.range.bytes, with: Array(edit.replacement.utf8))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "lines are added at the top",
        arguments: [
            Row(name: "root", before: "a: 1\n", after: "n: 0\nm:\n  - 1\na: 1\n"),
            Row(
                name: "nested", before: "a:\n    # c\n    b: 1\n", path: ["a"],
                after: "a:\n    # c\n    n: 0\n    m:\n      - 1\n    b: 1\n"),
            Row(
                name: "behind a dash", before: "- - b: 1\n    c: 2\n", path: ["0", "0"],
                after: "- - n: 0\n    m:\n      - 1\n    b: 1\n    c: 2\n"),
            Row(
                name: "CRLF", before: "a:\r\n  b: 1\r\n", path: ["a"],
                after: "a:\r\n  n: 0\r\n  m:\r\n    - 1\r\n  b: 1\r\n"),
            Row(
                name: "in a literal block", before: "x: |\n  a:\n    b: ü\n",
                path: ["x", "|", "a"],
                after: "x: |\n  a:\n    n: 0\n    m:\n      - 1\n    b: ü\n"),
            Row(
                name: "anchored", before: "a: &x\n  b: 1\n", path: ["a"],
                after: "a: &x\n  n: 0\n  m:\n    - 1\n  b: 1\n"),
            Row(name: "flow", before: "a: {b: 1}\n", path: ["a"], after: nil),
            Row(name: "alias", before: "a: &x\n  b: 1\nc: *x\n", path: ["c"], after: nil),
            Row(name: "sequence", before: "a:\n- b\n", path: ["a"], after: nil),
            Row(name: "complex key", before: "? a\n: b\n", after: nil),
            Row(name: "folded", before: "x: >\n  a: 1\n", path: ["x", "|"], after: nil),
        ])
    func top(row: Row) throws {
        let edit = TextEdit.inserting(["n: 0", "m:", "  - 1"], atTopOf: try node(row))
        #expect(apply(edit) == row.after)
    }

    @Test(
        "lines are added at the end",
        arguments: [
            Row(name: "root", before: "a: 1  # c\n\n", after: "a: 1  # c\nn: 0\n\n"),
            Row(name: "without a line break at the end", before: "a: 1", after: "a: 1\nn: 0"),
            Row(
                name: "nested", before: "a:\n  b:\n    c: 1\n# d\ne: 2\n", path: ["a"],
                after: "a:\n  b:\n    c: 1\n  n: 0\n# d\ne: 2\n"),
            Row(
                name: "sequence", before: "a:\n- b\n- c:\n    d\ne: 2\n", path: ["a"],
                after: "a:\n- b\n- c:\n    d\nn: 0\ne: 2\n"),
            Row(
                name: "anchored sequence", before: "a: &x # y\n  - b\n", path: ["a"],
                after: "a: &x # y\n  - b\n  n: 0\n"),
            Row(
                name: "after a literal", before: "a:\n  b: |\n    c\n\n    d\n\ne: 2\n",
                path: ["a"],
                after: "a:\n  b: |\n    c\n\n    d\n  n: 0\n\ne: 2\n"),
            Row(
                name: "after a literal that keeps its end",
                before: "a:\n  b: |+\n    c\n\n\ne: 2\n",
                path: ["a"], after: "a:\n  b: |+\n    c\n\n\n  n: 0\ne: 2\n"),
            Row(
                name: "in a literal block with CRLF",
                before: "x: |\r\n  a:\r\n    b: 1\r\ny: 2\r\n",
                path: ["x", "|", "a"], after: "x: |\r\n  a:\r\n    b: 1\r\n    n: 0\r\ny: 2\r\n"),
            Row(
                name: "null at the end", before: "a:\n  b:\n", path: ["a"],
                after: "a:\n  b:\n  n: 0\n"),
            Row(name: "flow", before: "[a]\n", after: nil),
            Row(name: "quoted", before: "x: \"a:\\n  b: 1\"\n", path: ["x", "|", "a"], after: nil),
        ])
    func end(row: Row) throws {
        #expect(apply(TextEdit.inserting(["n: 0"], atEndOf: try node(row))) == row.after)
    }

    @Test(
        "the key k is removed",
        arguments: [
            Row(
                name: "lines", before: "a: 1\nk:\n  - 1\n\n  - 2 # c\nb: 2\n", after: "a: 1\nb: 2\n"
            ),
            Row(name: "the last line", before: "a: 1\nk: 2", after: "a: 1\n"),
            Row(name: "behind a dash", before: "- k: 1\n  b: 2\n", path: ["0"], after: "- b: 2\n"),
            Row(name: "the only key", before: "a:\n  k: 1\n", path: ["a"], after: "a:\n  {}\n"),
            Row(name: "CRLF", before: "a: 1\r\nk: 2\r\nb: 3\r\n", after: "a: 1\r\nb: 3\r\n"),
            Row(name: "a literal", before: "k: |\n  x\n  y\nb: 3\n", after: "b: 3\n"),
            Row(name: "flow, first", before: "{k: 1, b: 2}", after: "{b: 2}"),
            Row(name: "flow, last", before: "{b: 2, k: 1}", after: "{b: 2}"),
            Row(name: "flow, only", before: "{ k: 1 }", after: "{  }"),
            Row(
                name: "JSON", before: "{\"b\": 2,\n \"k\": [1],\n \"c\": 3}",
                after: "{\"b\": 2,\n \"c\": 3}"),
            Row(
                name: "in a literal", before: "x: |\n  k: 1\n  b: 2\n", path: ["x", "|"],
                after: "x: |\n  b: 2\n"),
            Row(name: "not there", before: "a: 1\n", after: nil),
            Row(name: "merged", before: "a: &x {k: 1}\nb: {<<: *x}\n", path: ["b"], after: nil),
            Row(name: "anchored", before: "k: &x 1\nb: *x\n", after: nil),
            Row(name: "alias", before: "a: &x {k: 1}\nb: *x\n", path: ["b"], after: nil),
        ])
    func removal(row: Row) throws {
        #expect(apply(TextEdit.removing(key: "k", from: try node(row))) == row.after)
    }

    @Test(
        "a value is replaced by \"it's\"",
        arguments: [
            Row(name: "plain", before: "a: b # c\n", path: ["a"], after: "a: \"it's\" # c\n"),
            Row(name: "null", before: "a: \nb: 1\n", path: ["b"], after: "a: \nb: \"it's\"\n"),
            Row(
                name: "in double quotes", before: "x: \"[1, \\\"b\\\"]\"\n",
                path: ["x", "json", "1"],
                after: "x: \"[1, \\\"it's\\\"]\"\n"),
            Row(
                name: "in single quotes", before: "x: '[1, 2]'\n", path: ["x", "json", "1"],
                after: "x: '[1, \"it''s\"]'\n"),
            Row(
                name: "in JSON in a literal", before: "x: |\n  y: '[1, \"b\"]'\n",
                path: ["x", "|", "y", "json", "1"], after: "x: |\n  y: '[1, \"it''s\"]'\n"),
        ])
    func replacement(row: Row) throws {
        #expect(apply(.replacing(try node(row), with: "\"it's\"")) == row.after)
    }

    @Test func severalLinesInALiteralAreIndented() throws {
        let row = Row(
            name: "", before: "x:\n  y: |\n    a: 1\n    b: 2\n", path: ["x", "y", "|", "a"],
            after: nil)
        let edit = TextEdit.replacing(try node(row), with: "\n  - 1\n  - 2")
        #expect(apply(edit) == "x:\n  y: |\n    a: \n      - 1\n      - 2\n    b: 2\n")
    }
}
