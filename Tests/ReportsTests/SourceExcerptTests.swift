import MarkedYAML
import Testing

@testable import Reports

struct ExcerptRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let marked: String
    let drawn: [String]

    init(_ description: String, _ text: String, marking marked: String, _ drawn: [String]) {
        testDescription = description
        self.text = text
        self.marked = marked
        self.drawn = drawn
    }
}

@Suite("A caret stands under what is meant")
struct SourceExcerptTests {
    private static let alignment = [
        ExcerptRow(
            "a tab is four columns", "\tkey: value", marking: "value",
            [
                "1 |     key: value", "  |          ^^^^^ here",
            ]),
        ExcerptRow(
            "a tab reaches to its stop", "ab\tc", marking: "c",
            [
                "1 | ab  c", "  |     ^ here",
            ]),
        ExcerptRow(
            "wide characters take two columns", "이름: 값", marking: "값",
            [
                "1 | 이름: 값", "  |       ^^ here",
            ]),
        ExcerptRow(
            "a combining mark takes none", "cafe\u{301}: x", marking: "x",
            [
                "1 | cafe\u{301}: x", "  |       ^ here",
            ]),
        ExcerptRow(
            "joined emoji are one character", "👩‍💻: x", marking: "x",
            [
                "1 | 👩‍💻: x", "  |     ^ here",
            ]),
    ]

    private static let hostile = [
        ExcerptRow(
            "escape sequences are spelled out", "a\u{1B}[2Jb: x", marking: "x",
            [
                "1 | a\\x1b[2Jb: x", "  |            ^ here",
            ]),
        ExcerptRow(
            "directions are spelled out", "a\u{202E}: x", marking: "x",
            [
                "1 | a\\u202e: x", "  |          ^ here",
            ]),
        ExcerptRow(
            "credentials are hidden", "u: {password: \"hunter2\", x: y}", marking: "x: y",
            [
                "1 | u: {password: \"***\", x: y}", "  |                      ^^^^ here",
            ]),
        ExcerptRow(
            "a marked credential is hidden too", "password: hunter2", marking: "hunter2",
            [
                "1 | password: ***", "  |           ^^^ here",
            ]),
        ExcerptRow(
            "a block under a key is hidden", "password: |\n  hunter2", marking: "hunter2",
            [
                "2 |   ***", "  |   ^^^ here",
            ]),
        ExcerptRow(
            "values of a Secret are hidden", "kind: Secret\ndata:\n  a.yaml: dHlw\n",
            marking: "a.yaml", ["3 |   a.yaml: ***", "  |   ^^^^^^ here"]),
        ExcerptRow(
            "a block in a Secret is hidden", "stringData:\n  a: |\n    type: S3\nkind: Secret\n",
            marking: "type", ["3 |     ***", "  |     ^^^ here"]),
        ExcerptRow(
            "a Secret in a list is one too",
            "items:\n- apiVersion: v1\n  data:\n    a: dHlw\n  kind: Secret\n",
            marking: "a: dHlw", ["4 |     a: ***", "  |     ^^^^^^ here"]),
        ExcerptRow(
            "values of a ConfigMap are shown", "data:\n  a.yaml: dHlw\n---\nkind: Secret\n",
            marking: "dHlw", ["2 |   a.yaml: dHlw", "  |           ^^^^ here"]),
    ]

    private static let ranges = [
        ExcerptRow(
            "a range of lines has a bar", "a:\n  b: 1\n  c: 2\nd: 3\n", marking: "b: 1\n  c: 2\n",
            [
                "2 | /   b: 1", "3 | |   c: 2", "  | |______^ here",
            ]),
        ExcerptRow(
            "a long range loses its middle", "k:\n 1\n 2\n 3\n 4\n 5\n 6\n",
            marking: "1\n 2\n 3\n 4\n 5\n 6",
            ["2 | /  1", "3 | |  2", "... |", "7 | |  6", "  | |__^ here"]),
        ExcerptRow(
            "CRLF ends a line", "a: 1\r\nb: 2\r\n", marking: "b",
            [
                "2 | b: 2", "  | ^ here",
            ]),
        ExcerptRow(
            "an empty range has one caret", "a: 1\n", marking: "",
            [
                "1 | a: 1", "  | ^ here",
            ]),
    ]

    @Test("A line is drawn with its mark", arguments: alignment + hostile + ranges)
    func drawsMark(_ row: ExcerptRow) {
        let source = SourceText(name: "f", text: row.text)
        #expect(Self.drawn(source.range(of: row.marked)) == row.drawn)
    }

    @Test("A long line is cut around its mark, and a mark that is long is cut too")
    func cutsLongLines() {
        let text =
            String(repeating: "x", count: 5000) + "MARK" + String(repeating: "y", count: 5000)
        let source = SourceText(name: "f", text: text)
        let lines = Self.drawn(source.range(of: "MARK"), width: 40)
        #expect(
            lines == [
                "1 | …xxxxxxxxxxxxMARKyyyyyyyyyyyyyyyyyy…", "  |              ^^^^ here",
            ])
        let long = Self.drawn(SourceRange(source: source, bytes: 4000..<9000), width: 40)
        #expect(long.allSatisfy { TextWidth.columns(of: $0) <= 40 + " here".count })
        #expect(long[1].contains("^"))
    }

    @Test("A credential whose key is far to the left is hidden", arguments: [10, 600, 5000])
    func hidesFarCredentials(_ length: Int) {
        let secret = String(repeating: "s", count: length)
        let text = "{\"secret_key\":\"\(secret)\",\"mark\":1}"
        let lines = Self.drawn(SourceText(name: "f", text: text).range(of: "mark"))
        #expect(!lines[0].contains("ss"))
        #expect(lines[0].contains("mark"))
    }

    @Test("Half of a wide character is a blank where a line is cut", arguments: 4990...5010)
    func keepsColumnsWhereItCuts(_ count: Int) throws {
        let filling = String(repeating: "값", count: count)
        let text = filling + "MARK" + filling
        let lines = Self.drawn(SourceText(name: "f", text: text).range(of: "MARK"), width: 41)
        let before = try #require(lines[0].firstIndex(of: "M"))
        let caret = try #require(lines[1].firstIndex(of: "^"))
        #expect(
            TextWidth.columns(of: lines[0][..<before])
                == TextWidth.columns(of: lines[1][..<caret]))
        #expect(TextWidth.columns(of: lines[0]) <= 41)
    }

    @Test("Bytes that are not UTF-8 are drawn as such", arguments: 0..<6)
    func survivesInvalidBytes(_ offset: Int) {
        let source = SourceText(name: "f", bytes: [0x61, 0xFF, 0xE2, 0x82, 0x3A, 0xC3])
        let lines = Self.drawn(SourceRange(source: source, bytes: offset..<(offset + 1)))
        #expect(lines[0].hasPrefix("1 | a\u{FFFD}"))
        #expect(lines[1].contains("^ here"))
    }

    @Test("A place outside of its text does no harm", arguments: [0..<0, 4..<4, 5..<9, 900..<901])
    func survivesPlacesOutside(_ bytes: Range<Int>) {
        for text in ["", "\n", "a: 1\n", "a: 1"] {
            let source = SourceText(name: "f", text: text)
            #expect(Self.drawn(SourceRange(source: source, bytes: bytes)).count == 2)
        }
    }

    /// The lines between the empty ones.
    private static func drawn(_ range: SourceRange, width: Int = 80) -> [String] {
        let display = DisplayOptions(width: width)
        let excerpt = SourceExcerpt(of: range, label: "here", display: display)
        var page = ReportPage()
        excerpt.add(
            to: &page, role: .unreadable, gutter: excerpt.gutterWidth, ink: Ink(display))
        return page.text.split(separator: "\n").map(String.init).dropFirst().dropLast()
    }
}
